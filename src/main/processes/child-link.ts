/** What the parent sends: a task for one of the child's services. */
export interface ToChild {
  readonly id: number;
  readonly service: string;
  readonly task: unknown;
}

/** What a child sends: that it is ready, news of a task, and how the task ended. Errors do not cross whole. */
export type FromChild =
  | { readonly kind: 'ready' }
  | { readonly kind: 'news'; readonly id: number; readonly news: unknown }
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown; readonly residentBytes: number }
  | { readonly kind: 'threw'; readonly id: number; readonly message: string };

/** The parent's end of a child process. Messages are copied as the structured clone algorithm does. */
export interface ChildLink {
  send(message: ToChild): void;
  onMessage(listener: (message: FromChild) => void): void;
  /** Called once when the process has ended or could not be started, with the reason in words. */
  onEnd(listener: (reason: string) => void): void;
  /** Ends the process at once, whatever it does. */
  kill(): void;
}

/** Starts a child process from its entry module, which calls `serveParent`. Each host has one of these. */
export type LaunchChild = (entry: URL) => ChildLink;
