"""The report: figures and a document, drawn from one results object."""
