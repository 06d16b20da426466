"""An officer: their role, their desks, and what each role may do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an officer is, as `staff add --role` writes it."""

    OFFICER = "officer"
    TEAM_LEAD = "team-lead"
    AUTHOR = "author"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What an officer may be allowed to do."""

    READ_CASES = "read-cases"
    HANDLE_CASES = "handle-cases"
    ASSIST = "assist"
    ASSIGN_CASES = "assign-cases"
    EXPORT = "export"
    RETRY_DELIVERIES = "retry-deliveries"
    EDIT_CONTENT = "edit-content"
    READ_OTHER_TEAMS = "read-other-teams"
    MANAGE_STAFF = "manage-staff"
    READ_AUDIT = "read-audit"


CASES = frozenset((Permission.READ_CASES, Permission.HANDLE_CASES, Permission.ASSIST))
LEAD = frozenset((Permission.ASSIGN_CASES, Permission.EXPORT, Permission.RETRY_DELIVERIES))
ADMINISTRATION = frozenset(
    (
        Permission.READ_CASES,
        Permission.RETRY_DELIVERIES,
        Permission.EDIT_CONTENT,
        Permission.READ_OTHER_TEAMS,
        Permission.MANAGE_STAFF,
        Permission.READ_AUDIT,
    )
)
ALLOWED: Mapping[Role, frozenset[Permission]] = {
    Role.OFFICER: CASES,
    Role.TEAM_LEAD: CASES | LEAD,
    Role.AUTHOR: frozenset((Permission.EDIT_CONTENT,)),
    Role.ADMINISTRATOR: ADMINISTRATION,
}
"""What each role may do. Cases are those of the officer's own desks."""
CONFIRMED = frozenset((Permission.EXPORT, Permission.READ_OTHER_TEAMS, Permission.MANAGE_STAFF))
"""What an officer may do only shortly after they have proved again who they are."""


@dataclass(frozen=True, slots=True)
class Officer:
    """`desks` are the keys of desks.yaml that the officer works for."""

    id: str
    name: str
    role: Role
    desks: frozenset[str]

    def may(self, permission: Permission) -> bool:
        return permission in ALLOWED[self.role]

    def works_for(self, desks: Iterable[str]) -> bool:
        """Return whether one of these desks, such as those of a case, is the officer's."""
        return not self.desks.isdisjoint(desks)
