"""Make an archive of aws-cfn-bootstrap that runs on Python 3, from the last one on PyPI, which is for Python 2.

    python convert.py aws-cfn-bootstrap-1.4.post31.tar.gz converted.tar.gz

AWS's own version for Python 3 is on S3 only. fissix, a 2to3, does most of the work; what it cannot know is below.
"""

import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

# By file: what is replaced, by regular expression, and what with.
SUBSTITUTIONS = {
    "": [
        # AWS's version for Python 3 has a newer requests, too.
        (r"from cfnbootstrap\.packages import requests", "import requests"),
        (r"cfnbootstrap\.packages\.requests\.packages\.", ""),
        (r"cfnbootstrap\.packages\.", ""),
        (r"\bfile\(", "open("),
        (r"SafeConfigParser", "ConfigParser"),
        (r"\.isAlive\(", ".is_alive("),
        (r"\.isSet\(", ".is_set("),
    ],
    "cfnbootstrap/util.py": [
        (r"\nimport imp\n", "\n"),
        # What processes print are bytes in Python 3.
        (r"(output|stderr)\.splitlines\(False\)", r"\1.decode().splitlines()"),
        # The instance metadata is where the AWS SDKs look for it.
        (r"'http://169\.254\.169\.254/", "os.environ['AWS_EC2_METADATA_SERVICE_ENDPOINT'] + '/"),
    ],
    "cfnbootstrap/aws_client.py": [
        (r"base64\.b64encode\(document\)", "base64.b64encode(document.encode()).decode()"),
        (r"(if verb == 'POST' else) ''\)\.hexdigest", r"\1 b'').hexdigest"),
    ],
    # CloudFormation is where the AWS SDKs look for it.
    "cfnbootstrap/cfn_client.py": [(r"return 'https://cloudformation\.%s\.amazonaws\.com' % region", "import os; return os.environ['AWS_ENDPOINT_URL']")],
    "cfnbootstrap/resources/documents/__init__.py": [
        (r"import (imp|pkg_resources)\n", "pass\n"),
        (r"imp\.is_frozen\([^)]*\)", "False"),
        (r"pkg_resources\.resource_stream\([^)]*\)", "open(os.path.join(os.path.dirname(__file__), 'endpoints.json'))"),
    ],
    "setup.py": [
        (r"dependencies = .*", "dependencies = ['requests']"),
        (r"\n +'cfnbootstrap\.packages.*", ""),
        (r"'packages/requests/cacert\.pem', ", ""),
    ],
}


def convert(source: Path) -> None:
    scripts = [file for file in sorted(source.rglob("*.py")) + sorted(source.glob("bin/*")) if "packages" not in file.parts]
    subprocess.run(
        [sys.executable, "-m", "fissix", "--write", "--nobackups", "--no-diffs", "--nofix", "has_key", *map(str, scripts)],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    for script in scripts:
        text = script.read_text()
        for pattern, replacement in SUBSTITUTIONS.get(str(script.relative_to(source)), []) + SUBSTITUTIONS[""]:
            text = re.sub(pattern, replacement, text)
        script.write_text(text)


def main(archive: str, target: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(archive) as packed:
            packed.extractall(folder)
        (source,) = Path(folder).iterdir()
        convert(source)
        with tarfile.open(target, "w:gz") as packed:
            packed.add(source, source.name)


if __name__ == "__main__":
    main(*sys.argv[1:])
