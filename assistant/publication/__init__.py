"""Publication (发布): a generation is built beside the one in service, examined, and put in its place in one step.

    working copy → build → examine → announce (NEXT) → every server loads it → switch (CURRENT) → every server serves it

`generations` knows what has been published, `running` which servers there are; `publisher` builds, `switching` switches
and needs nothing heavy for that; `watching` is the server's side. Whatever fails or is killed leaves the old
generation in service or the new one, and never a part of one.
"""
