/**
 * The day as of which the facts about operating systems hold. "Past its end of support" is measured against it, so
 * that two synths of an unchanged app give the same warnings.
 */
export const FACTS_DATE = '2026-11-25';
