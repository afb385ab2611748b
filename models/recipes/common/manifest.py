"""Writes models/manifest.json: every model folder with the files a browser loads, their bytes and SHA-256.

Run it after exporting a model: `python3 models/recipes/common/manifest.py`. What it can't see in the files (task,
languages, licence, and the domain of a model that knows one alone) is the front matter of each model's card. Whoever asks
for a task's model gets the first one: those with a domain come last.
"""
import hashlib
import json
from pathlib import Path

MANIFEST_VERSION = 1
LOADED_FILES = ("config.json", "tokenizer.json", "model.safetensors")
OPTIONAL_FILES = ("generation_config.json",)


def front_matter(card: Path) -> dict[str, str]:
    """The `key: value` lines between the two `---` lines at the top of a model card."""
    lines = card.read_text(encoding="utf-8").splitlines()
    if not lines or lines[0] != "---" or "---" not in lines[1:]:
        raise ValueError(f"{card}: expected front matter between two lines of '---'")
    end = lines.index("---", 1)
    return dict(line.split(": ", 1) for line in lines[1:end])


def describe_file(path: Path) -> dict:
    content = path.read_bytes()
    return {"name": path.name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def describe_model(folder: Path) -> dict:
    """One entry of the manifest."""
    card = front_matter(folder / "README.md")
    names = [*LOADED_FILES, *(name for name in OPTIONAL_FILES if (folder / name).exists())]
    domain = {"domain": card["domain"]} if "domain" in card else {}
    return {
        "id": folder.name,
        "task": card["task"],
        "languages": card["languages"].split(", "),
        **domain,
        "architecture": json.loads((folder / "config.json").read_text())["architectures"][0],
        "licence": card["licence"],
        "card": f"{folder.name}/README.md",
        "files": [describe_file(folder / name) for name in names],
    }


def write_manifest(models: Path) -> None:
    folders = sorted(path.parent for path in models.glob("*/config.json"))
    described = sorted([describe_model(folder) for folder in folders], key=lambda model: "domain" in model)
    manifest = {"version": MANIFEST_VERSION, "models": described}
    (models / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_manifest(Path(__file__).resolve().parents[2])
