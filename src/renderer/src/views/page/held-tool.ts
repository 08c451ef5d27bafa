import type { PageEditor } from '../../../../core/edit/page-editor.ts';

/** How a tool is set down on the page. */
export interface ToolPress {
  /** Point in CSS pixels of the view. */
  readonly x: number;
  readonly y: number;
  /** It is to do the opposite: take off rather than add. */
  readonly opposite: boolean;
  /** It is to take off in any case. */
  readonly eraser: boolean;
  readonly shift: boolean;
}

/** A tool that has a gesture of its own; `u`, `v` are image pixels. */
export interface HeldTool {
  down(editor: PageEditor, u: number, v: number, press: ToolPress): void;
  /** @param x, y - CSS pixels of the view */
  move(editor: PageEditor, u: number, v: number, x: number, y: number): void;
  /** The pointer was let go. */
  up(editor: PageEditor): void;
  cancel(): void;
  /** The pointer moves on with no button held. */
  hover?(u: number, v: number): void;
  /** Whether something begun waits for more clicks; reactive. */
  waiting?(): boolean;
  /** Keeps what waits as it stands. */
  keep?(editor: PageEditor): void;
  /** Takes the last part of it back. */
  back?(): void;
  /** Lets go of what was selected by it; tells whether anything was. */
  letGo?(): boolean;
}
