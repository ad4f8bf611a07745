"""The examples and the README's Python block are what they claim to be."""
import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples" / "python").glob("*/app.py"))
README_BLOCKS = re.findall(r"^```python\n(.*?)^```", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)


def mypy(*arguments):
    cache = pathlib.Path(sys.prefix, "mypy-cache")
    return subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(cache), *arguments], capture_output=True, text=True
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.parent.name)
def test_mypy_is_clean_on_the_example(example):
    result = mypy(str(example))
    assert result.returncode == 0, result.stdout


def test_mypy_finds_a_string_as_machine_image(tmp_path):
    wrong = tmp_path / "wrong.py"
    wrong.write_text(re.sub(r"machine_image=.*\),", 'machine_image="ami-01fde5e5b31e98551",', README_BLOCKS[0]))
    assert 'Argument "machine_image"' in mypy(str(wrong)).stdout


def test_the_readme_has_a_python_block():
    assert README_BLOCKS


@pytest.mark.parametrize("block", README_BLOCKS)
def test_the_python_block_of_the_readme_synthesizes(block, tmp_path):
    script = tmp_path / "app.py"
    script.write_text(block)
    result = subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
