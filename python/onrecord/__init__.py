"""Read news stories and return who said what about whom: sentences, entities and quotes.

>>> import onrecord
>>> story = onrecord.read("“We are ready,” Prime Minister Arbnora Krelani said. She left at noon.")
>>> [quote.text for quote in story.quotes]
['We are ready']
>>> story.quotes[0].speaker_name
'Arbnora Krelani'

`read` takes one text, `extract` many (a list, a pandas or polars frame, anything that speaks Arrow) and returns
tables. All offsets count Unicode code points, as Python does: ``text[row.start:row.end] == row.text``.
"""

from onrecord._core import __version__
from onrecord.config import Config
from onrecord.errors import ConfigError, InputError, InternalError, ModelError, OnRecordError
from onrecord.extraction import Extraction, entities, extract, quotes, read, sentences, stream
from onrecord.models import Model, ModelCard, models
from onrecord.samples import sample
from onrecord.story import Entity, Person, Quote, Sentence, Story
from onrecord.tables import Table

__all__ = [
    "Config",
    "ConfigError",
    "Entity",
    "Extraction",
    "InputError",
    "InternalError",
    "Model",
    "ModelCard",
    "ModelError",
    "OnRecordError",
    "Person",
    "Quote",
    "Sentence",
    "Story",
    "Table",
    "__version__",
    "entities",
    "extract",
    "models",
    "quotes",
    "read",
    "sample",
    "sentences",
    "stream",
]
