/** Who drew a column of a trace: the machine or a person, on ink or across a gap; `blank`: a person found nothing printed. */
export const PROVENANCE = { machine: 0, machineBridged: 1, human: 2, humanBridged: 3, blank: 4 } as const;
export type Provenance = (typeof PROVENANCE)[keyof typeof PROVENANCE];

/** Whether a person answers for a column: such columns are never overwritten by the machine. */
export function isHuman(provenance: number): boolean {
  return provenance >= PROVENANCE.human;
}
