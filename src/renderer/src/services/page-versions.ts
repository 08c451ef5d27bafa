import type { HistoryEntry, MachineReading } from '../../../shared/api/edit-record.ts';

/** A version of a page: as it is, as the machine first read it, after an entry of its history, or another reading of the machine. */
export type VersionKey = 'now' | 'machine' | `entry-${number}` | `run-${number}`;

export interface PageVersion {
  readonly key: VersionKey;
  readonly title: string;
  /** Who made it and when; '' where nobody did. */
  readonly words: string;
}

/** Versions of one kind. */
export interface VersionGroup {
  readonly title: string;
  readonly versions: readonly PageVersion[];
}

/** More states of one page than these nobody looks through. */
const MOST_STATES = 60;

const DECIDED = /^(Accepted|Rejected|Wants a second look)/;

/**
 * The versions of a page that can be laid beside each other, those first that are asked for most.
 *
 * @param history - oldest first
 * @param machine - readings of the machine that are kept, newest first, and the one that the page is at
 * @param when - tells a time in words
 */
export function pageVersions(
  history: readonly HistoryEntry[],
  machine: { readonly present: number; readonly readings: readonly MachineReading[] },
  when: (at: number) => string,
): VersionGroup[] {
  const entryVersion = (entry: HistoryEntry, title: string): PageVersion => {
    return {
      key: `entry-${entry.id}`,
      title,
      words: [entry.who, when(entry.at)].filter(Boolean).join(' · '),
    };
  };
  const newest = history.toReversed().filter(({ kept }) => kept);
  const groups: VersionGroup[] = [
    {
      title: 'This page',
      versions: [
        { key: 'now', title: 'As it is now', words: '' },
        { key: 'machine', title: 'As the machine read it', words: '' },
      ],
    },
    {
      title: 'Other readings of the machine',
      versions: machine.readings
        .filter(({ run }) => run !== machine.present)
        .map(({ run, model }) => ({
          key: `run-${run}`,
          title: `Digitized the ${ordinal(run)} time`,
          words: model ? `model ${model.slice(0, 16)}` : '',
        })),
    },
    {
      title: 'When it was decided on',
      versions: newest
        .filter(({ kind, label }) => kind === 'review' && DECIDED.test(label))
        .map((entry) => entryVersion(entry, entry.label)),
    },
    {
      title: 'Earlier states',
      versions: newest
        .filter(({ kind }) => kind !== 'review')
        .slice(0, MOST_STATES)
        .map((entry) =>
          entryVersion(
            entry,
            `After: ${entry.kind === 'undo' ? 'undo, ' : entry.kind === 'redo' ? 'redo, ' : ''}${entry.label}`,
          ),
        ),
    },
  ];
  return groups.filter(({ versions }) => versions.length > 0);
}

function ordinal(n: number): string {
  const tail = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${tail}`;
}
