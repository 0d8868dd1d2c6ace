from xml.etree import ElementTree

import numpy as np
import pytest

from eval.measures.calibration import plot, reliability


def test_a_bin_holds_its_answers_their_mean_confidence_and_how_many_are_right() -> None:
    confidence = np.array([0.12, 0.18, 0.95, 1.0])
    low, high = reliability(confidence, np.array([True, False, True, True]))
    assert (low.n, low.right, high.n, high.right) == (2, 0.5, 2, 1.0)
    assert low.confidence == pytest.approx(0.15)
    assert high.confidence == pytest.approx(0.975)


def test_no_answers_have_no_bins() -> None:
    assert reliability(np.array([]), np.array([], dtype=bool)) == []


def test_the_plot_is_xml_with_a_point_a_bin_at_its_place() -> None:
    bins = reliability(np.array([0.25, 0.75]), np.array([False, True]))
    root = ElementTree.fromstring(plot(bins, "问题"))
    points = root.findall("{http://www.w3.org/2000/svg}circle")
    assert [(float(p.attrib["cx"]), float(p.attrib["cy"])) for p in points] == [(156.0, 456.0), (356.0, 56.0)]
