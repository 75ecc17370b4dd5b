"""Runs a command on a terminal of its own and answers its prompts, as a person would.

terminal.py ANSWER... -- COMMAND...

DIGEST stands for the first eight characters of the digest that is shown; HANGUP closes the terminal instead of answering;
SILENCE ends the input, as Ctrl-D does.
"""
import os
import pty
import re
import select
import sys
import time

split = sys.argv.index("--")
answers, command = sys.argv[1:split], sys.argv[split + 1 :]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
shown, deadline = b"", time.time() + 120
while time.time() < deadline:
    ready, _, _ = select.select([terminal], [], [], 0.3)
    if ready:
        try:
            data = os.read(terminal, 4096)
        except OSError:
            break
        if not data:
            break
        shown += data
    elif answers and shown.rstrip(b" ")[-1:] in (b":", b"?", b">"):
        answer = answers.pop(0)
        if answer == "HANGUP":
            os.close(terminal)
            break
        if answer == "DIGEST":
            answer = re.search(rb"Digest\s+([0-9a-f]{64})", shown).group(1)[:8].decode()
        os.write(terminal, b"\x04" if answer == "SILENCE" else answer.encode() + b"\n")
_, status = os.waitpid(child, 0)
sys.stdout.write(shown.decode(errors="replace"))
sys.exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
