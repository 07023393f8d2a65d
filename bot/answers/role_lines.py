"""A role matrix in lines: may this role do that, what may a role do, who may do that."""

from bot.model.entries import Permission, Role, RoleMatrix


def role_lines(matrix: RoleMatrix, role_id: str, permission_id: str) -> tuple[str, tuple[str, ...]]:
    """The first line and further lines for a role, a permission, both or neither."""
    role = next((r for r in matrix.roles if r.id == role_id), None)
    permission = next((p for p in matrix.permissions if p.id == permission_id), None)
    if role and permission:
        return _cell(matrix, role, permission)
    if role:
        return _role(matrix, role)
    if permission:
        notes = dict.fromkeys(
            r.notes[permission.id] for r in matrix.roles if permission.id in r.notes
        )
        who = _who(matrix, permission)
        if not who:
            return f"{permission.title}：{'；'.join(notes) or '表中沒有角色列有這項權限'}", ()
        return f"可以{permission.title}的是：{who}", tuple(notes)
    lines = tuple(f"{r.title}：{_may(matrix, r)}" for r in matrix.roles)
    return matrix.text or matrix.title, lines


def _cell(matrix: RoleMatrix, role: Role, permission: Permission) -> tuple[str, tuple[str, ...]]:
    may = permission.id in role.may
    note = role.notes.get(permission.id, "")
    can = f"可以，{role.title}有「{permission.title}」的權限。"
    cannot = f"不行，{role.title}沒有「{permission.title}」的權限。"
    if note and not may:
        lead = f"{role.title}的「{permission.title}」：{note}"
    else:
        lead = can if may else cannot
    facts = [note] if note and may else []
    who = _who(matrix, permission)
    if who:
        facts.append(f"有這項權限的是：{who}")
    if role.text:
        facts.append(role.text)
    return lead, tuple(facts)


def _role(matrix: RoleMatrix, role: Role) -> tuple[str, tuple[str, ...]]:
    facts = tuple(
        f"{p.title}：{role.notes[p.id]}" for p in matrix.permissions if p.id in role.notes
    )
    may = _may(matrix, role)
    if role.text:
        return f"{role.title}：{role.text}", (f"權限：{may}", *facts) if role.may else facts
    return f"{role.title}的權限：{may}", facts


def _may(matrix: RoleMatrix, role: Role) -> str:
    named = [p.title for p in matrix.permissions if p.id in role.may]
    return "、".join(named) or role.text or "表中沒有列出權限"


def _who(matrix: RoleMatrix, permission: Permission) -> str:
    return "、".join(r.title for r in matrix.roles if permission.id in r.may)
