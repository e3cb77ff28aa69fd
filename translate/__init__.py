"""See an LSTM remember: English to Czech by an LSTM whose every gate can be read and written."""

__version__ = "0.1.0"
