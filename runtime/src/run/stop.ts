/** Why a run is to end early. */
export type StopReason = 'SIGTERM' | 'SIGINT' | 'timeout' | 'idle' | 'state';

/** A wish to end the run early, which whoever runs something listens for. */
export class Stop {
  reason: StopReason | undefined;
  private readonly listeners = new Set<(reason: StopReason) => void>();

  /** Asks for the end; only the first reason counts. */
  request(reason: StopReason): void {
    if (this.reason !== undefined) return;
    this.reason = reason;
    for (const listener of this.listeners) listener(reason);
  }

  /** Calls back when the end is asked for; gives what takes the listener away. */
  listen(listener: (reason: StopReason) => void): () => void {
    this.listeners.add(listener);
    if (this.reason !== undefined) listener(this.reason);
    return () => this.listeners.delete(listener);
  }
}

/** Why a run ended early, in words. */
export function describeStop(reason: StopReason): string {
  if (reason === 'timeout') return 'ended by its time limit';
  if (reason === 'idle') return 'ended because nothing moved for too long';
  return reason === 'state' ? 'ended because its state could not be written' : `ended by ${reason}`;
}
