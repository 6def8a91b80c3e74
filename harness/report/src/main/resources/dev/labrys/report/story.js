/* The story the page tells: operations, faults and orders, decoded from the data block. */

const OK = 0;
const UNKNOWN = 1;
const FAILED = 2;
const NONE = -1;

async function readStory() {
  return new Story(await readData("data"));
}

async function readData(id) {
  const block = document.getElementById(id);
  const text = block.dataset.encoding === "gzip" ? await inflate(block.textContent) : block.textContent;
  return JSON.parse(text);
}

async function inflate(base64) {
  const binary = atob(base64.trim());
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** Undoes the writing of rising numbers as differences. */
function sums(differences, Type) {
  const numbers = new Type(differences.length);
  let sum = 0;
  for (let i = 0; i < differences.length; i++) {
    sum += differences[i];
    numbers[i] = sum;
  }
  return numbers;
}

class Story {
  constructor(data) {
    const columns = data.operations;
    this.kind = data.kind;
    this.epoch = data.epoch;
    this.texts = data.texts;
    this.size = columns.process.length;
    this.index = sums(columns.index, Float64Array);
    this.process = Int32Array.from(columns.process);
    this.functionText = Int32Array.from(columns.function);
    this.key = Int32Array.from(columns.key);
    this.input = Int32Array.from(columns.input);
    this.output = Int32Array.from(columns.output);
    this.outcome = Uint8Array.from(columns.outcome);
    this.call = sums(columns.call, Float64Array);
    this.position = sums(columns.position, Float64Array);
    this.back = this.#ends(this.call, columns.took);
    this.returnPosition = this.#ends(this.position, columns.span);
    this.faults = data.faults.map((fault) => ({
      label: this.text(fault.label),
      targets: this.text(fault.targets),
      from: fault.from,
      to: fault.to,
    }));
    this.notes = data.notes.map((note) => ({
      label: this.text(note.label),
      value: this.text(note.value),
      at: note.at,
    }));
    this.culprit = data.culprit ?? NONE;
    this.culpritKey = data.key ?? NONE;
    this.minimal = data.minimal ?? [];
    this.inMinimal = new Uint8Array(this.size);
    this.minimal.forEach((id) => (this.inMinimal[id] = 1));
    this.orders = data.orders.map((order) => new Order(order, this));
  }

  #ends(starts, lengths) {
    return Float64Array.from(starts, (start, i) => (lengths[i] === NONE ? Infinity : start + lengths[i]));
  }

  text(number) {
    return number === NONE ? "" : this.texts[number];
  }

  /** What was asked: "write 3". */
  question(id) {
    const input = this.text(this.input[id]);
    return this.text(this.functionText[id]) + (input === "" ? "" : " " + input);
  }

  /** What the client knows of the answer. */
  answer(id) {
    if (this.outcome[id] === FAILED) return "failed, had no effect";
    if (this.outcome[id] === UNKNOWN) return "unknown, may take effect any time later";
    if (this.output[id] !== NONE) return this.text(this.output[id]);
    return this.input[id] === NONE ? "nil" : "ok";
  }

  /** Both, as short as they go: "read → 3". */
  label(id) {
    if (this.outcome[id] === FAILED) return this.question(id) + " failed";
    if (this.outcome[id] === UNKNOWN) return this.question(id) + " ?";
    if (this.output[id] === NONE && this.input[id] !== NONE) return this.question(id);
    return this.question(id) + " → " + this.answer(id);
  }

  outcomeWord(id) {
    return ["ok", "unknown", "failed"][this.outcome[id]];
  }
}

const UNITS = [
  ["s", 1e9],
  ["ms", 1e6],
  ["µs", 1e3],
  ["ns", 1],
];

function unitFor(nanos) {
  return UNITS.find(([, size]) => Math.abs(nanos) >= size) ?? UNITS[3];
}

function duration(nanos) {
  if (nanos === Infinity) return "never";
  const [name, size] = unitFor(nanos);
  return Number((nanos / size).toPrecision(4)).toLocaleString("en") + " " + name;
}

/** A moment of the run, as its log shows it. */
function moment(nanos, epoch) {
  if (nanos === Infinity) return "never";
  return ((nanos + epoch) / 1e6).toLocaleString("en", { minimumFractionDigits: 3, maximumFractionDigits: 3 }) + " ms";
}
