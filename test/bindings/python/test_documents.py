"""The examples, the page of the package index and the docstrings are what they claim to be: Python that runs."""
import ast
import importlib.metadata
import importlib.util
import json
import pathlib
import re
import shutil
import subprocess
import sys
import textwrap

import pytest

ROOT = pathlib.Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples" / "python").glob("*/app.py"))
FENCED = re.compile(r"^( *)```python\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"Example::\n\n((?: {4}.*\n|\n)+)")

# What the blocks of the pages take for granted, as rosetta/default.ts-fixture has it for TypeScript.
FIXTURE = """
import json
from aws_cdk import Annotations, App, Duration, Environment, Size, Stack, TimeZone, aws_ec2 as ec2, aws_scheduler as scheduler
from cdk_workshop_instance import *
app = App()
stack = Stack(app, "Stack", env=Environment(account="123456789012", region="eu-west-3"))
vpc = ec2.Vpc(stack, "Vpc", nat_gateways=0)
"""

# Runs each block for itself, and prints why those fail that do.
RUNNER = """
import json, sys, traceback
failures = {}
for name, code in json.load(sys.stdin).items():
    try:
        scope = {}
        exec(code, scope)
        scope["stack"].node.root.synth()
    except Exception:
        failures[name] = traceback.format_exc()
print(json.dumps(failures))
"""


def docstrings():
    """The docstrings of the package, of which the first is the README once more."""
    module = ast.parse(pathlib.Path(importlib.util.find_spec("cdk_workshop_instance").origin).read_text())
    nodes = [node for node in ast.walk(module) if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))]
    return [(getattr(node, "name", "module"), f"{docstring}\n") for node in nodes if (docstring := ast.get_docstring(node))]


def blocks(name, text):
    found = [code for _, code in FENCED.findall(text)] + INDENTED.findall(text)
    return {f"{name} {number}": textwrap.dedent(code) for number, code in enumerate(found, 1)}


PAGE_BLOCKS = blocks("page", importlib.metadata.metadata("cdk-workshop-instance").get_payload())
DOCSTRING_BLOCKS = {key: block for name, text in docstrings() for key, block in blocks(name, text).items()}
DOCS_BLOCKS = {key: block for page in sorted((ROOT / "docs").glob("*.md")) for key, block in blocks(page.name, page.read_text()).items()}
BLOCKS = {**PAGE_BLOCKS, **DOCS_BLOCKS, **DOCSTRING_BLOCKS}
STRING_AS_MACHINE_IMAGE = """
from aws_cdk import App, Stack
from cdk_workshop_instance import WorkshopInstance

WorkshopInstance(Stack(App(), "Stack"), "Instance", machine_image="ami-01fde5e5b31e98551")
"""


@pytest.fixture(scope="module")
def failures(tmp_path_factory):
    folder = tmp_path_factory.mktemp("blocks")
    shutil.copy(ROOT / "examples" / "python" / "pinned" / "ami.lock.json", folder)
    result = subprocess.run(
        [sys.executable, "-c", RUNNER],
        input=json.dumps({name: f"{FIXTURE}{code}" for name, code in BLOCKS.items()}), cwd=folder, capture_output=True, text=True,
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout.splitlines()[-1])


def mypy(*arguments):
    cache = pathlib.Path(sys.prefix, "mypy-cache")
    return subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(cache), *arguments], capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def pyright(tmp_path_factory):
    """What pyright finds in the examples, and in a file that is wrong, by the name of their folders."""
    wrong = tmp_path_factory.mktemp("wrong") / "app.py"
    wrong.write_text(STRING_AS_MACHINE_IMAGE)
    command = [ROOT / "node_modules" / ".bin" / "pyright", "--pythonpath", sys.executable, "--outputjson", *EXAMPLES, wrong]
    result = json.loads(subprocess.run(command, capture_output=True, text=True).stdout)
    assert result["summary"]["filesAnalyzed"] == len(EXAMPLES) + 1
    found = {"wrong" if path == wrong else path.parent.name: [] for path in [*EXAMPLES, wrong]}
    for diagnostic in result["generalDiagnostics"]:
        path = pathlib.Path(diagnostic["file"])
        found["wrong" if path == wrong else path.parent.name].append(diagnostic["message"])
    return found


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.parent.name)
def test_mypy_is_clean_on_the_example(example):
    result = mypy(str(example))
    assert result.returncode == 0, result.stdout


def test_mypy_finds_a_string_as_machine_image(tmp_path):
    wrong = tmp_path / "wrong.py"
    wrong.write_text(STRING_AS_MACHINE_IMAGE)
    assert 'Argument "machine_image"' in mypy(str(wrong)).stdout


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.parent.name)
def test_pyright_is_clean_on_the_example(example, pyright):
    assert pyright[example.parent.name] == []


def test_pyright_finds_a_string_as_machine_image(pyright):
    assert ['parameter "machine_image"' in message for message in pyright["wrong"]] == [True]


def test_the_page_has_all_blocks_of_the_readme_and_the_docstrings_have_some():
    assert len(PAGE_BLOCKS) == len(re.findall(r"^```(?:ts|python)\b", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert len(DOCSTRING_BLOCKS) > len(PAGE_BLOCKS)
    assert len(DOCS_BLOCKS) > 10


def test_all_blocks_are_python(capsys):
    wrong = {}
    for name, block in BLOCKS.items():
        try:
            ast.parse(block)
        except SyntaxError as error:
            wrong[name] = str(error)
    with capsys.disabled():
        print(f"\n{len(BLOCKS) - len(wrong)} of {len(BLOCKS)} blocks of Python parse: {len(PAGE_BLOCKS)} of the page, {len(DOCS_BLOCKS)} of docs, {len(DOCSTRING_BLOCKS)} of docstrings")
    assert wrong == {}


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_synthesizes(name, failures):
    assert name not in failures, failures[name]
