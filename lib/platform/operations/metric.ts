/** One value of a metric. `part` is the suffix that a histogram's values have. */
export type Reading = {
  value: number;
  labels?: Readonly<Record<string, string | number>>;
  part?: "_bucket" | "_sum" | "_count";
};

/** A metric, as Prometheus knows them. `read` is called when somebody asks; one that rejects has no value then. */
export type Metric = {
  name: string;
  /** Its meaning in one line. */
  help: string;
  type: "counter" | "gauge" | "histogram";
  read: () => readonly Reading[] | Promise<readonly Reading[]>;
};
