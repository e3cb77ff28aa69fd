"""A study on a real cluster: a dask scheduler and two worker processes."""

import pytest

from tests.cli.studies import OPTIONS, prepared, reported, start_study, trained

distributed = pytest.importorskip("distributed")


@pytest.fixture
def cluster():
    """The client of a cluster of two workers with a thread each."""
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made,
        distributed.Client(made) as client,
    ):
        yield client


@pytest.mark.slow
def test_the_workers_of_a_cluster_train_to_the_same_bits_as_this_process(cluster, tmp_path):
    prepared(tmp_path)
    for seed in (1, 2):
        trained(tmp_path, tmp_path / f"here-{seed}", seed)
        reported(tmp_path / f"out/lstm-8-{seed}", tmp_path / f"here-{seed}", 0.95)  # a report of those very weights
    address = cluster.scheduler.address
    cluster_options = ["--backend", "dask", "--scheduler", address]
    process = start_study(*OPTIONS, "--seeds", "2", "--out", "out", *cluster_options, folder=tmp_path)
    _, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    for seed in (1, 2):
        assert f"study: lstm-8-{seed}: trained" in err
        folders = tmp_path / f"out/lstm-8-{seed}/model", tmp_path / f"here-{seed}"
        there, here = ((folder / "weights.safetensors").read_bytes() for folder in folders)
        assert there == here
    assert (tmp_path / "out/study.html").is_file()
    done = cluster.run(lambda dask_worker: dask_worker.state.executed_count)
    assert len(done) == 2 and all(done.values())  # each of the two workers made something


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer(tmp_path):
    prepared(tmp_path)
    cluster_options = ["--backend", "dask", "--scheduler", "tcp://127.0.0.1:1"]
    process = start_study(*OPTIONS, "--out", "out", *cluster_options, folder=tmp_path)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1 and "No dask scheduler answers at tcp://127.0.0.1:1" in err.splitlines()[-1]
