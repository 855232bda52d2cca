"""`dorc-synth-VERSION.cdx.json`: what the program is made of, as CycloneDX 1.5 (cyclonedx.org/docs/1.5/json)."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess

from release import Release

# Linked into the program by the system's linker: name, pkg-config's name, licence, home.
LIBRARIES = [
    ("libyaml", "yaml-0.1", "MIT", "https://pyyaml.org/wiki/LibYAML"),
    ("nettle", "nettle", "LGPL-3.0-or-later OR GPL-2.0-or-later", "https://www.lysator.liu.se/~nisse/nettle/"),
]


def make(release: Release) -> dict[str, bytes]:
    name = f"dorc-synth-{release.version}-{release.machine}-{release.system}.cdx.json"
    return {name: document(release)}


def document(release: Release) -> bytes:
    components = [_swift_package(pin) for pin in release.swift_packages]
    components += [
        _library(name, _output("pkg-config", "--modversion", package), licence, home)
        for name, package, licence, home in LIBRARIES
    ]
    swift = re.search(r"Swift version (\S+)", _output("swift", "--version"))
    components.append(_library(
        "swift-runtime", swift[1] if swift else "", "Apache-2.0 WITH Swift-exception", "https://swift.org"))
    if release.system == "linux":
        libc = re.search(r"(\d+\.\d+)\s*$", _output("ldd", "--version").splitlines()[0])
        components.append(_library(
            "glibc", libc[1] if libc else "", "LGPL-2.1-or-later", "https://www.gnu.org/software/libc/"))
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "name": "dorc-synth", "version": release.version,
                "bom-ref": "dorc-synth", "licenses": [{"license": {"id": "MIT"}}],
                "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(release.bytes).hexdigest()}],
            },
        },
        "components": components,
        "dependencies": [{"ref": "dorc-synth", "dependsOn": [each["bom-ref"] for each in components]}],
    }
    return (json.dumps(content, indent=2) + "\n").encode()


def _swift_package(pin: dict) -> dict:
    location = pin["location"].removesuffix(".git")
    version = pin["state"].get("version", pin["state"]["revision"])
    purl = f"pkg:swift/{location.removeprefix('https://')}@{version}"
    return {
        "type": "library", "name": pin["identity"], "version": version, "bom-ref": purl, "purl": purl,
        "licenses": [{"expression": "Apache-2.0 WITH Swift-exception"}],
        "externalReferences": [{"type": "vcs", "url": location}],
    }


def _library(name: str, version: str, licence: str, home: str) -> dict:
    return {
        "type": "library", "name": name, "version": version, "bom-ref": f"{name}@{version}",
        "licenses": [{"expression": licence}],
        "externalReferences": [{"type": "website", "url": home}],
    }


def _output(*words: str) -> str:
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()
