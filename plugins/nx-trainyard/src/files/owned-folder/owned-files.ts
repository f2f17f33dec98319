/** The files of a folder that belongs to a generator: what is special to each generator. */
export interface OwnedFiles {
  /** What they are together, after "a part of", in a message about something else that lies there. */
  readonly whole: string;
  /** Whether a file is named as the generator's are. */
  readonly isOwn: (name: string) => boolean;
  /**
   * Those that name the others: they come last, in this order, and having changed last they say that
   * everything is as it was generated.
   */
  readonly last: readonly [string, ...string[]];
  /** Those that say something wrong while files are replaced: they go before anything else does. */
  readonly wrongMeanwhile: (replaced: ReadonlySet<string>) => readonly string[];
}
