"""Audit the pages of a demo of its own: HTML, accessibility at both widths, Lighthouse; findings go to var/audit.

Needs Node, npm and Java, which neither the portal nor its tests do; `make audit` says which of them is missing.
"""

import json
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django

from ops.audit.pages import Page, Visitor
from ops.demo import running_demo
from ops.limits import Measure, tell
from ops.places import CACHE, VAR, environment, say, stop

FOLDER = VAR / "audit"
TOOLS = Path(__file__).with_name("tools")
PASSWORD = "fsul-audit-2026"
PEOPLE = ("office", "nanhai", "branch", "committee", "observer", "coordination-lead", "admin")
WIDTHS = ((1366, 768), (390, 844))
# The ten pages that people open most, as the office sees them.
MOST_USED = (
    "dashboard", "returns:return-list", "returns:return-detail", "members:library-list", "members:library-detail",
    "workgroups:coordination:filing-list", "workgroups:coordination:filing-detail", "committee:meeting-list",
    "months:month-list", "reports:edition-list",
)  # fmt: skip
SCORE = 95
WEIGHT = 60 * 1024


def need(*programs: str) -> None:
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        stop(f"`make audit` needs {', '.join(missing)}, which is not on this machine.")


def fetch_tools() -> Path:
    """Install the locked tools where the cache lies; nothing of them is kept with the project."""
    folder = CACHE / "audit"
    folder.mkdir(parents=True, exist_ok=True)
    for file in TOOLS.iterdir():
        shutil.copy(file, folder)
    if not (folder / "node_modules" / ".package-lock.json").exists():
        say("Fetching the tools (once)")
        own = environment(PUPPETEER_SKIP_DOWNLOAD="1")
        command = ["npm", "ci", "--omit=dev", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run(command, cwd=folder, env=own, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder


@dataclass(frozen=True)
class Known:
    """What a tool says where it is known: words of its message, and where; each stands with its reason."""

    tool: str
    where: str
    message: re.Pattern[str]

    def is_said(self, tool: str, where: str, message: str) -> bool:
        return (tool, where) == (self.tool, self.where) and self.message.search(message) is not None


def known() -> list[Known]:
    lines = Path(__file__).with_name("known.txt").read_text("utf-8").splitlines()
    parts = [line.split(" | ") for line in lines if line and line[0] != "#"]
    return [Known(tool, where, re.compile(message)) for tool, where, message, _reason in parts]


class Findings:
    """Collect what the tools say, without what is known, and write it down for whoever mends it."""

    def __init__(self) -> None:
        self.known, self.lines, self.count = known(), [], Counter[str]()

    def add(self, tool: str, rule: str, path: str, message: str) -> None:
        where = "admin" if path.startswith("/admin/") else "portal"
        if any(one.is_said(tool, where, f"{rule} {message}") for one in self.known):
            return
        self.count[f"{tool}, {where}"] += 1
        self.lines.append(f"{tool}\t{rule}\t{path}\t{' '.join(message.split())[:300]}")

    def heaviest(self, pages: Iterable[Page]) -> Page:
        """Return the page that weighs most, of those which have no reason for their weight."""
        plain = [page for page in pages if not any(one.is_said("weight", "admin", page.path) for one in self.known)]
        return max(plain, key=lambda page: len(page.html))

    def measures(self, tool: str) -> Iterator[Measure]:
        for where in ("portal", "admin"):
            yield Measure(f"findings of {tool}, {where}", self.count[f"{tool}, {where}"], 0)


def validate(pages: Iterable[Page], tools: Path, findings: Findings) -> None:
    """Let the validator of the W3C read every page."""
    folder = FOLDER / "html"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    paths = {}
    for number, page in enumerate(pages):
        file = folder / f"{number}.html"
        file.write_text(page.html, "utf-8")
        paths[file.name] = page.path
    jar = tools / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always", str(folder)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for message in json.loads(said)["messages"]:
        path = paths[message["url"].rsplit("/", 1)[-1]]
        findings.add("validator", message["type"], path, f"{message['message']} {message.get('extract', '')}")


def lines_of(script: str, asked: list[dict], tools: Path) -> Iterator[dict]:
    """Run a script of ours beside the tools on what is asked; yield what it says, a page a line."""
    file = tools / f"{script}.json"
    file.write_text(json.dumps(asked), "utf-8")
    command = ["node", f"{script}.mjs", file.name, shutil.which("chromium") or ""]
    said = subprocess.run(command, cwd=tools, capture_output=True, text=True, check=False)
    if said.returncode:
        stop(f"{script} failed: {said.stderr[-2000:]}")
    return (json.loads(line) for line in said.stdout.splitlines() if line.startswith("{"))


def look(pages: Iterable[Page], home: str, cookies: dict[str, str], tools: Path, findings: Findings) -> None:
    """Let pa11y look at every page at both widths, with axe and with HTML_CodeSniffer."""
    asked = [
        {"url": home + page.path, "cookie": cookies[page.person], "width": width, "height": height}
        for page in pages
        for width, height in WIDTHS
    ]
    for line in lines_of("pa11y", asked, tools):
        for issue in line["issues"]:
            message = f"{line['width']} px {issue['message']} {issue['selector']}"
            findings.add("pa11y", issue["code"], line["url"].removeprefix(home), message)


def score(pages: Iterable[Page], home: str, cookies: dict[str, str], tools: Path) -> Iterator[Measure]:
    """Let Lighthouse mark the pages that are used most."""
    asked = [{"url": home + page.path, "cookie": cookies["office"]} for page in pages if page.view in MOST_USED]
    for line in lines_of("lighthouse", asked, tools):
        for name, value in line["scores"].items():
            yield Measure(f"{name} of {line['url'].removeprefix(home)}", value, SCORE, at_least=True)


def measures() -> Iterator[Measure]:
    findings, tools = Findings(), fetch_tools()
    with running_demo(PASSWORD, libraries=60, months=14) as home:
        people = {name: Visitor(home, name, PASSWORD) for name in PEOPLE}
        walked = [page for name in PEOPLE for page in people[name].walk(time.perf_counter)]
        cookies = {name: visitor.cookie for name, visitor in people.items()}
        say(f"{len(walked)} pages of {len({page.view for page in walked})} views as {len(PEOPLE)} people")
        validate(walked, tools, findings)
        yield from findings.measures("validator")
        # Of a page that several people see, the first and the plainest: what differs are buttons that others hold too.
        once = list({page.view: page for page in reversed(walked)}.values())
        look(once, home, cookies, tools, findings)
        yield from findings.measures("pa11y")
        (FOLDER / "findings.tsv").write_text("\n".join(sorted(findings.lines)) + "\n", "utf-8")
        heavy = findings.heaviest(walked)
        yield Measure(f"heaviest page in KB, {heavy.path}", round(len(heavy.html.encode()) / 1024), WEIGHT // 1024)
        yield from score([page for page in walked if page.person == "office"], home, cookies, tools)


def main() -> int:
    need("node", "npm", "java", "chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    django.setup()
    return tell(measures())


if __name__ == "__main__":
    sys.exit(main())
