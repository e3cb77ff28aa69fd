from . import lab as lab
from .model.translator import Translator as Translator

__version__: str
__all__ = ["Translator", "__version__", "lab"]
