"""The layers as components of spaCy, which any user of spaCy can add."""

from __future__ import annotations

import json
from pathlib import Path

from store.entities.pipelines import DEFAULT
from tests.store.helpers import run_python

USE = """
import json, sys, spacy
import store.entities.components.factories  # an installed postil needs no import: spaCy finds its entry points
nlp = spacy.load(sys.argv[1], exclude=["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"])
nlp.add_pipe("postil_gazetteer", config={"patterns": sys.argv[3:]})
for name in ("never", "borders", "consistency", "recall"):
    nlp.add_pipe(f"postil_{name}")
doc = nlp(sys.argv[2])
print(json.dumps([[ent.text, ent.label_] for ent in doc.ents]))
"""


def test_the_components_can_be_added_to_a_pipeline_and_work_on_its_docs(tmp_path: Path) -> None:
    names = tmp_path / "names.jsonl"
    names.write_text('{"label": "FAC", "pattern": [{"lower": "gate"}, {"lower": "nine"}]}\n')
    text = "People ask ChatGPT about AI. It was made by OpenAI's staff, not by GPT-4. They met at Gate Nine."
    said = json.loads(run_python(USE, DEFAULT, text, names))
    assert [tuple(each) for each in said] == [
        ("ChatGPT", "PRODUCT"),
        ("OpenAI", "ORG"),
        ("GPT-4", "PRODUCT"),
        ("Gate Nine", "FAC"),
    ]
