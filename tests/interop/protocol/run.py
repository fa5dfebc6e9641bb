#!/usr/bin/env python3
"""Compares our bytes of every message and version with those of Kafka's own Java codecs.

    run.py WRITER BUILD_FOLDER

Fetches Kafka's jars by Maven into BUILD_FOLDER once; without Maven, Java or network the test is
skipped (exit 77). MOLDAU_KAFKA_LIBS names a folder with the jars instead. Messages and versions
that the jars lack are named in the report and do not count as checked.
"""

import collections
import os
import pathlib
import shutil
import subprocess
import sys

SKIPPED = 77
HERE = pathlib.Path(__file__).parent


def skip(why):
    print(f"SKIPPED: {why}")
    sys.exit(SKIPPED)


def jars(build):
    if folder := os.environ.get("MOLDAU_KAFKA_LIBS"):
        return sorted(pathlib.Path(folder).glob("*.jar"))
    libs = build / "libs"
    if not (libs / "complete").exists():
        if not shutil.which("mvn"):
            skip("no Kafka jars and no mvn to fetch them")
        fetched = subprocess.run(
            ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies",
             f"-DoutputDirectory={libs}", "-DincludeScope=runtime"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if fetched.returncode != 0:
            skip("Maven could not fetch Kafka's jars:\n" + fetched.stdout[-1000:])
        (libs / "complete").touch()
    return sorted(libs.glob("*.jar"))


def compile_codec(build, class_path):
    classes = build / "classes"
    source = HERE / "KafkaCodec.java"
    target = classes / "KafkaCodec.class"
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        classes.mkdir(parents=True, exist_ok=True)
        subprocess.run(["javac", "-nowarn", "-d", str(classes), "-cp", class_path, str(source)],
                       check=True)
    return classes


def main():
    writer, build = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    if not shutil.which("javac"):
        skip("no Java compiler")
    build.mkdir(parents=True, exist_ok=True)
    class_path = os.pathsep.join(str(jar) for jar in jars(build))
    classes = compile_codec(build, class_path)

    ours = subprocess.run([writer], stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    cells = [line.split("\t") for line in ours]
    questions = "\n".join("\t".join((c[0], c[1], c[2], c[4])) for c in cells) + "\n"
    java = subprocess.run(
        ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", f"{classes}{os.pathsep}{class_path}",
         "KafkaCodec"],
        input=questions.encode(), stdout=subprocess.PIPE, check=True)
    answers = java.stdout.decode().splitlines()
    if len(answers) != len(cells):
        sys.exit(f"{len(cells)} messages, but {len(answers)} answers")

    equal, differ = 0, []
    absent = collections.defaultdict(set)
    for (name, version, json, plain, tagged), answer in zip(cells, answers):
        if answer == "absent":
            absent[name].add(int(version))
        elif answer.split("\t") == [plain, tagged]:
            equal += 1
        else:
            differ.append((name, version, json, plain, tagged, answer))
    for name, versions in sorted(absent.items()):
        print(f"not in these jars: {name} v{', v'.join(map(str, sorted(versions)))}")
    checked = {(c[0], c[1]) for c, answer in zip(cells, answers) if answer != "absent"}
    print(f"{equal} messages of {len(checked)} message versions have Kafka's bytes, {len(differ)} differ")
    seen = set()
    for name, version, json, plain, tagged, answer in differ:
        if (name, version) in seen:
            continue
        seen.add((name, version))
        print(f"\n{name} v{version}\n  message {json}\n  ours    {plain}\n  ours    {tagged}\n  Java's  {answer}")
    sys.exit(1 if differ or not checked else 0)


if __name__ == "__main__":
    main()
