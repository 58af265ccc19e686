import collect_studies

EXPERIMENTS = """recipe,by,fold,epoch,sentences,coded,held_out,kappa_any,f1_paradox
half,document,0,1,100,20,30,0.1,0.2
half,document,0,2,100,20,30,0.3,0.4
half,document,1,1,110,22,30,0.5,0.2
half,source,0,1,100,20,30,0.9,0.9
whole,document,0,1,200,40,30,0.6,0.5
"""


def test_a_point_of_the_curve_is_the_mean_of_the_last_epochs(tmp_path):
    table = tmp_path / "experiments.csv"
    table.write_text(EXPERIMENTS, encoding="utf-8")
    half, whole = collect_studies.list_curve(table, ["half", "whole"])
    assert half == {"sentences": 105, "coded": 21, "kappa": 0.4, "macro_f1": 0.30000000000000004}
    assert whole == {"sentences": 200, "coded": 40, "kappa": 0.6, "macro_f1": 0.5}


def test_only_sources_that_are_new_to_the_model_are_held_out():
    score = {"value": 0.5, "low": 0.4, "high": 0.6}
    groups = [
        {"attribute": kind, "group": name, "sentences": 9, "scores": {"kappa_any": score, "f1": score, "recall": score}}
        for kind, name in (("source", "old"), ("source", "new"), ("role", "new"))
    ]
    rows = collect_studies.list_held_out(groups, {"old"})
    assert rows == [{"group": "new", "sentences": 9, "kappa_any": score, "f1": score}]
