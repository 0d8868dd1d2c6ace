"""From a text to the tree of its outline, for Chinese official documents in general.

In reading order: `lines` → `heading` (is this number a heading?) → `numbering` (whose child is it?) → `points` (一是) →
`division` (the nodes of one numbered text) → `frontmatter`, `backmatter`, `attachments`, `enclosures` (what stands
around it) → `outline` (all together) → `sequence` (warnings). The tree is lossless; see `node`.
"""
