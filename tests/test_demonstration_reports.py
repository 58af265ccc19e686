"""The written reports of two plants, by the released model: one tilts and is rebalanced, the other is steady."""

import json
import subprocess
import sys
from pathlib import Path

REPORTS = Path(__file__).parents[1] / "data" / "reports"


def test_the_plant_that_tilts_gives_alarm_for_just_that_time(tmp_path):
    command = [sys.executable, "-m", "antinomy", "drift", str(REPORTS), "--by", "month", "--least", "15"]
    done = subprocess.run([*command, "--out", str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    data = json.loads((tmp_path / "drift.json").read_text("utf-8"))
    names = {unit["name"]: [period["name"] for period in unit["periods"]] for unit in data["units"]}
    alarms = {(row["unit"], row["code"]): row for row in data["rows"] if row["state"] != "quiet"}
    assert {unit for unit, _ in alarms} == {"halm"}
    for code in ("organising", "myopia"):
        row = alarms["halm", code]
        change = row["change"]
        assert row["state"] == "signal"
        assert (names["halm"][change["period"]], names["halm"][change["until"] - 1]) == ("2023-10", "2024-05")
        assert change["after"] > 5 * change["before"]
    answer = alarms["halm", "empowering"]
    assert answer["state"] == "signal"
    assert (names["halm"][answer["change"]["period"]], answer["change"]["until"]) == ("2024-06", None)
    page = (tmp_path / "drift.html").read_text("utf-8")
    for picture, many in (("control", len(alarms)), ("paths", 1), ("balance-bars", 2), ("gap", 2), ("cascade", 1)):
        assert page.count(f'class="{picture}"') == many, picture
