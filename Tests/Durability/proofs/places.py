"""Disks of our own. Every mount is undone, also when a proof fails; the driver's mount namespace ends with it besides."""
import contextlib
import os
import subprocess


def run(*command):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}: {done.stderr.strip()}")
    return done.stdout


@contextlib.contextmanager
def mounted(folder, *options):
    os.makedirs(folder, exist_ok=True)
    run("mount", *options, folder)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], stderr=subprocess.DEVNULL) if _umounts(folder) else None


def _umounts(folder):
    """Unmounts it; true when it is still in use and has to be unmounted again, lazily."""
    if subprocess.run(["umount", folder], stderr=subprocess.DEVNULL).returncode == 0:
        return False
    return subprocess.run(["umount", "-l", folder], stderr=subprocess.DEVNULL).returncode != 0


def small_memory(folder, size):
    return mounted(folder, "-t", "tmpfs", "-o", f"size={size},nr_inodes=4096,mode=0755", "tmpfs")


def made_image(path, mebibytes, *options):
    with open(path, "wb") as file:
        file.truncate(mebibytes << 20)
    run("mkfs.ext4", "-q", "-F", *options, path)


def image(path, folder):
    # The journal is committed when a caller waits for it, not by a clock that would hide a missing fsync.
    return mounted(folder, "-o", "loop,commit=600,noatime", path)
