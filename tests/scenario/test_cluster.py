"""A scenario on a real Ray cluster of two nodes on this machine: the same bytes, also when workers die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from foedus.cli import app
from foedus.errors import FoedusError
from foedus.scenario import Columns, Draws, Model, cluster, read_scenario, run

ROOT = Path(__file__).resolve().parents[2]


def test_without_ray_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(FoedusError, match=r"Ray is not installed \(pip install 'foedus\[ray\]'"):
        list(cluster.in_order(abs, [1], None, str))


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    """Two nodes of one core each; this process is connected to them."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    ray = pytest.importorskip("ray")
    from ray.cluster_utils import Cluster

    # Workers import the tests' own models.
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    memory = {"object_store_memory": 100 * 2**20}
    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, **memory})
    try:
        nodes.add_node(num_cpus=1, **memory)
        ray.init(address=nodes.address, log_to_driver=False)
        yield ray
    finally:
        ray.shutdown()
        nodes.shutdown()
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before


def _slowly(number: int) -> tuple[int, str]:
    import ray

    time.sleep(0.3)
    return number, ray.get_runtime_context().get_node_id()


class Dying:
    """A model whose worker kills itself before it draws the third chunk, once, as a machine would die."""

    def __init__(self, model: Model, mark: Path) -> None:
        self.model, self.mark = model, mark

    def expect(self, draws: int) -> None:
        self.model.expect(draws)

    def run(self, draws: Draws) -> Columns:
        if draws.first > 0 and not self.mark.exists():
            self.mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return self.model.run(draws)


@pytest.mark.full
def test_both_nodes_work_and_results_come_in_order(ray: Any) -> None:
    found = list(cluster.in_order(_slowly, range(12), None, str))
    assert [number for number, _ in found] == list(range(12))
    assert len({node for _, node in found}) == 2


@pytest.mark.full
@pytest.mark.parametrize("name", ["response-force-romania-2022", "shells-155mm-2022-2024"])
def test_the_cluster_writes_what_one_process_writes(ray: Any, tmp_path: Path, name: str) -> None:
    written = []
    for engine in ("local", "ray"):
        out = tmp_path / engine
        args = ["simulate", str(ROOT / "scenarios" / f"{name}.yaml"), "-n", "300", "-o", str(out)]
        result = CliRunner().invoke(app, [*args, "--engine", engine])
        assert result.exit_code == 0, result.output
        files = sorted(p for p in out.rglob("*") if p.is_file())
        written.append({p.relative_to(out): p.read_bytes() for p in files})
    assert written[0] == written[1]


@pytest.mark.full
def test_the_death_of_a_worker_changes_nothing(ray: Any, tmp_path: Path) -> None:
    scenario = read_scenario(ROOT / "scenarios" / "response-force-romania-2022.yaml")
    here = run(scenario, 300, 1, workers=1).columns["deployment"]
    mark = tmp_path / "died"
    dying = replace(scenario, models={"deployment": Dying(scenario.models["deployment"], mark)})  # type: ignore[dict-item]
    there = run(dying, 300, 1, engine="ray").columns["deployment"]
    assert mark.exists()
    assert {name: values.tobytes() for name, values in here.items()} == {
        name: values.tobytes() for name, values in there.items()
    }


@pytest.mark.full
def test_an_error_on_the_cluster_is_one_sentence(ray: Any) -> None:
    with pytest.raises(FoedusError, match=r"item 0: a worker failed \(ZeroDivisionError"):
        list(cluster.in_order(partial(divmod, 1), [0], None, "item {}".format))


@pytest.mark.full
def test_alone_it_starts_a_cluster_that_reports_to_nobody(tmp_path: Path) -> None:
    """In a process of its own: the cluster of the other tests is not to be seen."""
    code = "from foedus.scenario import cluster\nwith cluster._ray() as ray:\n"
    code += " from ray._common.usage import usage_lib as u\n print(u.usage_stats_enabled())"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert told.stdout.split()[-1:] == ["False"], told.stderr
