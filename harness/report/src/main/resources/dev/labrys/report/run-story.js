/* The story of a run: what the charts, the strips and the logs show, decoded from its data block. */

const SERVES = 0;
const SILENT = 1;
const PAUSED = 2;
const DOWN = 3;
const CONDITIONS = ["serves", "does not answer", "paused", "down"];
const LEVELS = ["error", "warning", "info", "debug"];
const OUTCOMES = ["ok", "unknown", "failed"];

/** The least latency a logarithm can show. */
const LEAST_NANOS = 1;

class RunStory {
  constructor(data) {
    this.end = data.end;
    this.bucket = data.bucket;
    this.functions = data.functions.map((made) => this.#function(made));
    this.all = { name: "all functions", ...data.all };
    this.faults = data.faults.map((fault, place) => this.#fault(fault, place));
    this.nodes = data.nodes.map((node) => ({
      name: node.name,
      stretches: node.stretches.map(([condition, from, to]) => ({ condition, from, to })),
      log: node,
    }));
    this.reigns = data.reigns.map((reign) => ({
      ...reign,
      to: reign.to === NONE ? data.end : reign.to,
      place: this.nodes.findIndex((node) => node.name === reign.node),
    }));
    this.outages = data.outages.map(([from, to]) => ({ from, to }));
    this.stalls = data.stalls.map(([from, to]) => ({ from, to }));
    this.culprits = data.culprits;
  }

  #function(made) {
    return {
      ...made,
      at: sums(made.at, Float64Array).map((micros) => micros * 1000),
      took: Float64Array.from(made.took, (nanos) => Math.max(nanos, LEAST_NANOS)),
      outcome: Uint8Array.from(made.outcome),
    };
  }

  /** When a fault was there: nothing, for one that was missed. */
  #fault(fault, place) {
    const isThere = fault.fate !== "missed" && (fault.inforce !== NONE || fault.healed !== NONE);
    const to = !isThere ? fault.begins : fault.healed === NONE ? this.end : fault.healed;
    return { ...fault, place, from: fault.begins, to: Math.max(to, fault.begins), isThere };
  }

  /** What is drawn when a function is chosen, or all. */
  series(choice) {
    return choice === NONE ? this.all : this.functions[choice];
  }

  points(choice) {
    return choice === NONE ? this.functions : [this.functions[choice]];
  }

  conditionAt(node, at) {
    return node.stretches.find((stretch) => stretch.from <= at && at < stretch.to)?.condition ?? NONE;
  }

  faultsAt(at) {
    return this.faults.filter((fault) => fault.isThere && fault.from <= at && at <= fault.to);
  }

  reignsAt(at) {
    return this.reigns.filter((reign) => reign.from <= at && at < reign.to);
  }
}

/** A time of the run as people say it: in seconds, to the millisecond. */
function runTime(nanos) {
  return (nanos / 1e9).toLocaleString("en", { minimumFractionDigits: 3, maximumFractionDigits: 3 }) + " s";
}
