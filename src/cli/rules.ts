/** What `check` looks for. An id stays what it is, as people suppress findings by it. */
export const RULES = {
  'image-gone': { level: 'error', text: 'A pinned image was deregistered, or is not shared with this account any more.' },
  'image-differs': { level: 'error', text: 'AWS says of a pinned image something else than the file, or it is not what its query searches for.' },
  'query-family': { level: 'error', text: 'A query is of a family that is not known, or that has no image of its architecture and root device.' },
  'query-owner': { level: 'error', text: 'A query takes images of an account that does not publish its family.' },
  'image-deprecated': { level: 'warning', text: 'A pinned image is deprecated, or will be soon.' },
  'end-of-support': { level: 'warning', text: 'The support of an operating system has ended, or will end soon.' },
  'lookup-without-owner': { level: 'error', text: 'A cached lookup names no owner, and anyone can publish a newer image under its name.' },
  'entry-unused': { level: 'note', text: 'No stack that was synthesized uses an image of an entry.' },
} as const;

export type Rule = keyof typeof RULES;
