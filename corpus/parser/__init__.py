"""From a text to the tree of its outline and to clauses, for Chinese official documents in general.

In reading order: `lines` → `tables` → `decimals` (2.1.1, or 1.5米?) → `heading` (is this number a heading?) →
`numbered_items` (whose child is it?) →
`inline_parts` (一是) → `division` (the nodes of one numbered text) → `frontmatter`, `backmatter`, `attachments`,
`enclosures` (what stands around it) → `outline` (all together) → `sequence` (warnings) → `covering` (which text people
cite), `clause_ids`, `clauses`. The tree is lossless; see `node`. The numbers themselves are in `corpus/numbering.py`.
"""
