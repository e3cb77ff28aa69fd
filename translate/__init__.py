"""See an LSTM remember: English to Czech by an LSTM whose every gate can be read and written.

`from translate import Translator, lab` is all that a researcher needs; nothing is imported before it is used.
"""

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
