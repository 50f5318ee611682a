"""Whether a folder is a place for a store: SQLite's locks do not hold over a network."""

import os
from pathlib import Path

from linkcheck.errors import StoreError

MOUNTS = Path("/proc/self/mountinfo")

NETWORKED = frozenset(
    "9p acfs afs beegfs ceph cifs coda davfs fuse.ceph fuse.davfs fuse.gcsfuse fuse.glusterfs"
    " fuse.gvfsd-fuse fuse.rclone fuse.s3fs fuse.smbnetfs fuse.sshfs gfs gfs2 glusterfs gpfs lustre"
    " ncpfs nfs nfs4 ocfs2 pvfs2 smb2 smb3 smbfs".split()
)
"""WAL needs memory that all who open the file share (sqlite.org/wal.html): these have none."""

_ESCAPES = {"\\040": " ", "\\011": "\t", "\\012": "\n", "\\134": "\\"}


def refuse_network(folder: Path, mounts: Path = MOUNTS) -> None:
    """Refuse a folder on a file system that several machines share."""
    kind = file_system(folder, mounts)
    if kind in NETWORKED:
        raise StoreError(
            f"{folder} lies on a network file system ({kind}), where a store can be damaged without"
            " anybody noticing: put it on a local disk with --store; the articles may stay"
        )


def file_system(folder: Path, mounts: Path = MOUNTS) -> str | None:
    """Return the kind of file system a path lies on; None where the system does not say."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    except OSError:
        return None  # no Linux: nothing tells
    path = os.path.realpath(folder)
    best: tuple[int, str] | None = None
    for line in lines:
        # 36 35 98:0 /root /mount/point rw,noatime shared:1 - ext4 /dev/sda rw (proc(5))
        before, dash, after = line.partition(" - ")
        fields = before.split(" ")
        if not dash or len(fields) < 5:  # noqa: PLR2004 the fifth is the mount point
            continue
        point = _unescaped(fields[4])
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and (best is None or len(point) >= best[0]):  # the last mount lies on top
            best = len(point), after.split(" ")[0]
    return None if best is None else best[1]


def _unescaped(point: str) -> str:
    for escape, sign in _ESCAPES.items():
        point = point.replace(escape, sign)
    return point
