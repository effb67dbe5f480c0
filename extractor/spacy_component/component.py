"""The component and its factory."""

# No `from __future__ import annotations`: spaCy checks a configuration by the annotations of the factory, and not all
# of its versions read those that are strings.

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

import extractor
from extractor.errors import UsageError
from extractor.settings import Settings
from extractor.spacy_component.extension import LISTS, RESULTS, register_extensions, to_name
from extractor.spacy_component.span import GROUPS, assemble_groups


class GovfactsComponent:
    """Finds the facts of a Doc.

    It has no `pipe` and no error handler of its own: spaCy then calls it Doc by Doc and hands what one Doc raises to
    the handler of the pipeline. A Doc that fails is left as it was.
    """

    def __init__(self, name: str, *, date: str | None, source: str, settings: Settings) -> None:
        self.name = name
        self.date = date
        self.source = source
        self.settings = settings

    def __call__(self, doc: Doc) -> Doc:
        """Sets the six groups of `doc.spans` and the `govfacts` attributes; what an earlier call set is replaced.

        Raises UsageError where `doc._.govfacts_date` is no date, InputError where the text cannot be read.
        """
        date = doc._.govfacts_date
        source = doc._.govfacts_source
        records = extractor.extract(
            doc.text,
            date=self.date if date is None else date,
            source=self.source if source is None else source,
            settings=self.settings,
        )
        plain = {name: [record.model_dump(mode="json") for record in getattr(records, name)] for name in LISTS}
        groups, index = assemble_groups(doc, plain)
        for name in GROUPS:
            doc.spans[name] = groups[name]
        for name, values in plain.items():
            doc._.set(to_name(name), values)
        doc._.govfacts_index = index
        return doc


@Language.factory(
    "govfacts",
    assigns=["doc.spans", *(f"doc._.{name}" for name in RESULTS)],
    default_config={"date": None, "source": "-", "newspaper": None, "lexicon": None},
)
def make_govfacts(
    nlp: Language,
    name: str,
    date: str | None,
    source: str,
    newspaper: str | None,
    lexicon: str | None,
) -> GovfactsComponent:
    """The component for a pipeline.

    `date`: publication date of all Docs that have no `doc._.govfacts_date`. `source`: the records' `doc` where
    `doc._.govfacts_source` names none. `newspaper`: the paper's name (gives its home prefecture). `lexicon`: folder of
    tables laid over ours. Raises UsageError on a `date` that is none and a `lexicon` that is no folder.
    """
    from extractor.read.date import parse_option

    if date is not None:
        parse_option(date)
    folder = None if lexicon is None else Path(lexicon)
    if folder is not None and not folder.is_dir():
        raise UsageError(f"component {name!r}: lexicon {lexicon!r} is no folder: expected a folder of .tsv tables")
    register_extensions()
    return GovfactsComponent(
        name, date=date, source=source, settings=Settings(folder.resolve() if folder else None, newspaper)
    )
