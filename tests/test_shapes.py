"""botocore's shapes as nodes: what limits a value, however odd the shape."""

from __future__ import annotations

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.model import ServiceModel
from shape_values import structure, toy, toy_model

from cp_fixtures.errors import UsageError
from cp_fixtures.service import SERVICE, loader, operations, service_model
from cp_fixtures.shapes import Node, Nodes, nodes, nodes_of, shape_node
from cp_fixtures.validation import find

if TYPE_CHECKING:
    from botocore.model import StructureShape

ODD_SERVICES = [
    "dynamodb",
    "s3",
    "iam",
    "emr",
    "lexv2-runtime",
    "bedrock-runtime",
    "qbusiness",
    "kendra",
    "wafv2",
    "sts",
    "ce",
]
JUNK: list[Any] = [{}, {"nothing": None}, [], None, "text", 0, {"Key": {"A": [{}, None, {"B": b""}]}}]
TEXT = {"type": "string"}


def test_the_limits_of_the_two_operations() -> None:
    """Requests are limited as the service documents it."""
    batch = nodes().input("batch_get_profile")
    membership = nodes().input("get_segment_membership")
    assert batch is not None
    assert membership is not None
    assert batch.required == ("DomainName", "ProfileIds")
    assert membership.required == ("DomainName", "SegmentDefinitionName", "ProfileIds")
    assert [(node.members["ProfileIds"].min, node.members["ProfileIds"].max) for node in (batch, membership)] == [
        (1, 20),
        (1, 100),
    ]
    name = batch.members["DomainName"]
    assert (name.type, name.min, name.max, name.pattern) == ("string", 1, 64, "^[a-zA-Z0-9_-]+$")


def test_the_members_stand_in_the_order_of_the_model() -> None:
    """A Profile has all the members of the installed model, none required."""
    profile, model = shape_node("Profile"), cast("StructureShape", service_model().shape_for("Profile"))
    assert list(profile.members) == list(model.members)
    assert profile.required == ()
    assert profile.members["FirstName"].max == 255
    assert shape_node("QueryResult").enum == ("PRESENT", "ABSENT")


def test_sensitive_is_inherited_down_the_path() -> None:
    """Inside a sensitive shape all is sensitive; the same shape elsewhere is not."""
    made = toy(
        Response=structure(Hidden="Secret", Open="Pair"),
        Secret={**structure(Pair="Pair"), "sensitive": True},
        Pair=structure(Texts="Texts"),
        Texts={"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Texts2"}},
        Texts2={"type": "list", "member": {"shape": "Text"}},
        Text=TEXT,
    )
    response = made.output("do")
    assert response is not None
    hidden, shown = response.members["Hidden"].members["Pair"], response.members["Open"]
    for pair, wanted in ((hidden, True), (shown, False)):
        texts = pair.members["Texts"]
        assert texts.key is not None
        assert texts.value is not None
        assert texts.value.item is not None
        assert {node.sensitive for node in (pair, texts, texts.key, texts.value, texts.value.item)} == {wanted}


def test_nearly_all_of_a_profile_is_sensitive() -> None:
    """The service marks what is a person's; an id is not."""
    profile = shape_node("Profile").members
    assert profile["FirstName"].sensitive
    assert profile["Address"].members["City"].sensitive
    assert not profile["ProfileId"].sensitive


def test_a_shape_that_holds_itself() -> None:
    """A circle in the model is a circle of nodes, through structures, lists and maps."""
    tree = toy(
        Tree=structure(Twigs="Trees", Named="TreeMap", Self="Tree"),
        Trees={"type": "list", "member": {"shape": "Tree"}},
        TreeMap={"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Tree"}},
        Text=TEXT,
    ).shape("Tree")
    twigs, named = tree.members["Twigs"], tree.members["Named"]
    assert twigs.item is tree
    assert named.value is tree
    assert tree.members["Self"] is tree


def test_a_list_that_holds_itself_by_a_structure_can_be_asked_for() -> None:
    """A circle may be entered at its list."""
    made = toy(Tree=structure(Twigs="Trees"), Trees={"type": "list", "member": {"shape": "Tree"}})
    assert [str(violation) for violation in find(made.shape("Trees"), [{"Twigs": [{"Twigs": [5]}]}])] == [
        "[0].Twigs[0].Twigs[0]: wanted a dict, got the int 5"
    ]


def test_unions_documents_and_streams_of_events() -> None:
    """Each has its word."""
    made = toy(
        Response=structure(Union="Union", Document="Document", Events="Events", File="File"),
        Union={**structure(A="Text", B="Text"), "union": True},
        Document={**structure(), "document": True},
        Events={**structure(A="Event"), "eventstream": True},
        Event={**structure(Text="Text"), "event": True},
        File={"type": "blob", "streaming": True},
        Text=TEXT,
    )
    response = made.output("do")
    assert response is not None
    members = response.members
    assert [node.type for node in members.values()] == ["structure", "document", "events", "blob"]
    assert [node.union for node in members.values()] == [True, False, False, False]
    assert [node.streaming for node in members.values()] == [False, False, False, True]
    assert [*members["Events"].members] == ["A"]


def test_what_botocore_does_by_itself() -> None:
    """A missing idempotency token is filled in; JSON in a header is a document; a part of the host is not empty."""
    request = structure("Token", "Host", Token="Text", Host="Text", Json="Text")  # noqa: S106 - the name of a shape
    request["members"]["Token"]["idempotencyToken"] = True
    request["members"]["Host"]["hostLabel"] = True
    request["members"]["Json"] |= {"jsonvalue": True, "location": "header", "locationName": "X-Json"}
    node = toy(Request=request, Text=TEXT).input("do")
    assert node is not None
    assert node.required == ("Host",)
    assert [(member.type, member.min) for member in node.members.values()] == [
        ("string", None),
        ("string", 1),
        ("document", None),
    ]


def test_an_operation_without_input_or_output() -> None:
    """There is no node, which is not the same as no such operation."""
    made = toy()
    assert made.input("do") is None
    assert made.output("do") is None
    assert made.errors("do") == {}


def test_the_errors_of_an_operation() -> None:
    """By their code, with the status that the model gives them."""
    errors = nodes().errors("batch_get_profile")
    assert {code: error.status for code, error in errors.items()} == {
        "BadRequestException": 400,
        "ResourceNotFoundException": 404,
        "AccessDeniedException": 403,
        "ThrottlingException": 429,
        "InternalServerException": 500,
    }
    assert {tuple(error.node.members) for error in errors.values()} == {("Message",)}


def test_an_error_without_a_status() -> None:
    """The sender's, 400, unless the model calls it a fault: 500. A code of its own goes before the name."""
    shapes = {
        "Own": {**structure(), "exception": True, "error": {"code": "Own.Code", "httpStatusCode": 409}},
        "Sender": {**structure(), "exception": True},
        "Fault": {**structure(), "exception": True, "fault": True},
    }
    errors = toy(**shapes).errors("do")
    assert {code: error.status for code, error in errors.items()} == {"Own.Code": 409, "Sender": 400, "Fault": 500}


def test_names_that_the_model_has_not() -> None:
    """An unknown shape or operation is refused with the near names."""
    nodes().input("batch_get_profile")
    for name in ("batch_get_profile", "batch_get_profile request"):
        with pytest.raises(UsageError, match=f"There is no shape '{name}'"):
            shape_node(name)
    with pytest.raises(
        UsageError, match=r"There is no shape 'Profil'\. botocore .+ knows \d+, .* Did you mean 'Profile'"
    ):
        shape_node("Profil")
    for ask in (nodes().input, nodes().output, nodes().errors):
        with pytest.raises(UsageError, match=r"Did you mean 'batch_get_profile'"):
            ask("batch_get_profil")


def test_each_shape_is_compiled_once() -> None:
    """Asked again, and from elsewhere, the same node is given; a model's nodes are made once too."""
    assert nodes() is nodes()
    assert nodes_of(service_model()) is nodes_of(service_model())
    for ask in (nodes().input, nodes().output):
        assert ask("batch_get_profile") is ask("batch_get_profile")
    response = nodes().output("batch_get_profile")
    assert response is shape_node("BatchGetProfileResponse")
    assert response is not None
    profiles = response.members["Profiles"]
    assert profiles.item is shape_node("Profile")


def test_compiling_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second validation compiles nothing."""
    made = Nodes(service_model())
    compiled: list[str] = []
    real = Nodes._compile

    def counted(self: Nodes, shape: Any, **more: bool) -> Node:
        compiled.append(shape.name)
        return real(self, shape, **more)

    monkeypatch.setattr(Nodes, "_compile", counted)
    first = made.output("batch_get_profile")
    count = len(compiled)
    assert count < 90
    assert made.output("batch_get_profile") is first
    assert len(compiled) == count


def test_the_nodes_of_a_model_go_when_the_model_goes() -> None:
    """Nothing keeps the nodes of a client that is gone, nor what was worked out from them."""
    made = Nodes(toy_model(Response=structure(A="Text"), Text=TEXT))
    node = made.output("do")
    assert node is not None
    assert find(node, {"A": "x"}) == []
    gone = weakref.ref(made)
    assert made.output("do") is node
    del made, node
    gc.collect()
    assert gone() is None


def test_what_is_no_name_is_no_operation_either() -> None:
    """Whatever it is: before its node was first asked for, and after it."""
    for _ in range(2):
        for name in (["batch_get_profile"], None, ("batch_get_profile", "response")):
            with pytest.raises(UsageError, match=r"^There is no operation "):
                nodes().output(name)  # type: ignore[arg-type]
        assert nodes().output("batch_get_profile") is not nodes().input("batch_get_profile")


def test_many_threads_that_come_first() -> None:
    """They get the same node, whole, and the same violations."""
    model = ServiceModel(loader().load_service_model(SERVICE, "service-2"), SERVICE)
    barrier = threading.Barrier(16)

    def ask(_: int) -> tuple[Node, list[str]]:
        barrier.wait()
        node = nodes_of(model).output("get_segment_membership")
        assert node is not None
        return node, [str(violation) for violation in find(node, {"Profiles": [{"Profile": {"FirstName": ""}}]})]

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(ask, range(16)))
    assert len({id(node) for node, _ in answers}) == 1
    assert {tuple(found) for _, found in answers} == {
        (
            "Profiles[0].ProfileId: wanted a string, which ProfileQueryResult requires, got nothing",
            "Profiles[0].QueryResult: wanted a string, which ProfileQueryResult requires, got nothing",
            "Profiles[0].Profile.FirstName: wanted at least 1 character, got 0 characters",
        )
    }


@pytest.mark.parametrize("service", ODD_SERVICES)
def test_odd_services_compile(service: str) -> None:
    """Every operation of services with recursion, unions, documents and event streams takes junk without failing."""
    made = nodes(service)
    for operation in operations(service_model(service)):
        ends = [made.input(operation), made.output(operation)]
        ends += [error.node for error in made.errors(operation).values()]
        for node in filter(None, ends):
            assert all(isinstance(find(node, junk), list) for junk in JUNK)
            assert find(node, "text") != []
