"""Every template as a list of primitive gates (name, qubits, angles), from the papers.

Used for the simulators that have no such template; written apart from the Swift code. A recipe takes the number of
qubits, of layers, and the sources of inputs and weights; weights are taken in the order the Swift template declares.
"""
import itertools
import math

import numpy as np

PI = math.pi
RECIPES = {}


def recipe(name):
    def register(function):
        RECIPES[name] = function
        return function
    return register


def chain(n):
    return [(i, i + 1) for i in range(n - 1)]


def bricks(n):
    return [(i, i + 1) for i in range(0, n - 1, 2)] + [(i, i + 1) for i in range(1, n - 1, 2)]


def product_map(features):
    return features[0] if len(features) == 1 else np.prod([PI - f for f in features])


# Embeddings

@recipe("basis-embedding")
def basis(n, layers, x, w):
    return [("RX", [q], [PI * v]) for q, v in enumerate(x.take(n))]


@recipe("angle-embedding")
def angle(n, layers, x, w):
    return [("RY", [q], [v]) for q, v in enumerate(x.take(n))]


@recipe("iqp-embedding")
def iqp(n, layers, x, w):
    f = x.take(n)
    once = [("H", [q], []) for q in range(n)] + [("RZ", [q], [f[q]]) for q in range(n)]
    once += [("RZZ", [i, j], [f[i] * f[j]]) for i, j in itertools.combinations(range(n), 2)]
    return once * layers


def feature_map(words, scale, entanglement):
    def build(n, layers, x, w):
        f = x.take(n)
        once = [("H", [q], []) for q in range(n)]
        for word in words:
            k = len(word)
            if k == 1:
                blocks = [(q,) for q in range(n)]
            elif entanglement == "full":
                blocks = list(itertools.combinations(range(n), k))
            else:
                ring = [tuple((i + j) % n for j in range(k)) for i in range(n)]
                blocks = ring[n - k + 1:] + ring[:n - k + 1]
            once += [("PauliRot " + word, list(b), [scale * product_map([f[i] for i in b])]) for b in blocks]
        return once * layers
    return build


RECIPES["z-feature-map"] = feature_map(["Z"], 2, "full")
RECIPES["zz-feature-map"] = feature_map(["Z", "ZZ"], 2, "full")
RECIPES["pauli-feature-map"] = feature_map(["Y", "ZX", "ZYI"], 1.5, "circular")


@recipe("qaoa-embedding")
def qaoa_embedding(n, layers, x, w):
    f, t = x.take(n), w.take(layers, 2 * n)
    upload = [("RX", [q], [f[q]]) for q in range(n)]
    ops = []
    for row in t:
        ops += upload
        ops += [("RZZ", [q, (q + 1) % n], [row[q]]) for q in range(n)]
        ops += [("RY", [q], [row[n + q]]) for q in range(n)]
    return ops + upload


SCALINGS = {"constant": lambda j: 1, "tower": lambda j: j + 1, "exponential": lambda j: 2 ** j}


def encoding(scale, angle):
    def build(n, layers, x, w):
        f = x.take(1)[0]
        return [("RY", [q], [scale(q) * angle(f)]) for q in range(n)]
    return build


for scaling, function in SCALINGS.items():
    RECIPES["fourier-embedding-" + scaling] = encoding(function, lambda f: f)
    RECIPES["chebyshev-embedding-" + scaling] = encoding(function, lambda f: 2 * math.acos(f))


@recipe("data-reuploading")
def reuploading(n, layers, x, w):
    f = x.take(3 * n)
    scale, shift = w.take(layers, n, 3), w.take(layers, n, 3)
    ops = []
    for layer in range(layers):
        ops += [("Rot", [q], list(scale[layer, q] * f[3 * q:3 * q + 3] + shift[layer, q])) for q in range(n)]
        ops += [("CZ", [q, (q + 1) % n], []) for q in range(n)]
    return ops


# Trained layers

@recipe("basic-entangler")
def basic(n, layers, x, w):
    ops = []
    for row in w.take(layers, n):
        ops += [("RX", [q], [row[q]]) for q in range(n)] + [("CNOT", [q, (q + 1) % n], []) for q in range(n)]
    return ops


@recipe("strongly-entangling")
def strong(n, layers, x, w):
    ops = []
    for layer, row in enumerate(w.take(layers, n, 3)):
        reach = layer % (n - 1) + 1
        ops += [("Rot", [q], list(row[q])) for q in range(n)]
        ops += [("CNOT", [q, (q + reach) % n], []) for q in range(n)]
    return ops


@recipe("hardware-efficient")
def hardware(n, layers, x, w):
    ops = []
    for layer, row in enumerate(w.take(layers + 1, n, 2)):
        if layer:
            ops += [("CZ", list(p), []) for p in chain(n)]
        ops += [op for q in range(n) for op in (("RY", [q], [row[q, 0]]), ("RZ", [q], [row[q, 1]]))]
    return ops


@recipe("real-amplitudes")
def real(n, layers, x, w):
    ops = []
    for layer, row in enumerate(w.take(layers + 1, n)):
        if layer:
            ops += [("CNOT", list(p), []) for p in reversed(chain(n))]
        ops += [("RY", [q], [row[q]]) for q in range(n)]
    return ops


@recipe("efficient-su2")
def su2(n, layers, x, w):
    ops = []
    for layer, row in enumerate(w.take(layers + 1, 2, n)):
        if layer:
            ops += [("CNOT", list(p), []) for p in reversed(chain(n))]
        ops += [("RY", [q], [row[0, q]]) for q in range(n)] + [("RZ", [q], [row[1, q]]) for q in range(n)]
    return ops


@recipe("two-local")
def two_local(n, layers, x, w):
    pairs = list(itertools.combinations(range(n), 2))
    turns, links = w.take(layers + 1, 2, n), w.take(layers, 1, len(pairs))
    ops = []
    for layer in range(layers + 1):
        if layer:
            ops += [("CRX", list(p), [links[layer - 1, 0, k]]) for k, p in enumerate(pairs)]
            ops += [("CZ", list(p), []) for p in pairs]
        ops += [("RX", [q], [turns[layer, 0, q]]) for q in range(n)] + [("H", [q], []) for q in range(n)]
        ops += [("RZ", [q], [turns[layer, 1, q]]) for q in range(n)]
    return ops


@recipe("simplified-two-design")
def two_design(n, layers, x, w):
    ops = [("RY", [q], [v]) for q, v in enumerate(w.take(n))]
    for row in w.take(layers, n - 1, 2):
        for (a, b), pair in zip(bricks(n), row):
            ops += [("CZ", [a, b], []), ("RY", [a], [pair[0]]), ("RY", [b], [pair[1]])]
    return ops


def general_block(a, b, t):
    return [("Rot", [a], list(t[0:3])), ("Rot", [b], list(t[3:6])), ("RXX", [a, b], [t[6]]), ("RYY", [a, b], [t[7]]),
            ("RZZ", [a, b], [t[8]]), ("Rot", [a], list(t[9:12])), ("Rot", [b], list(t[12:15]))]


def real_block(a, b, t):
    return [("RY", [a], [t[0]]), ("RY", [b], [t[1]]), ("CNOT", [a, b], [])]


@recipe("brickwork")
def brickwork(n, layers, x, w):
    return [op for row in w.take(layers, n - 1, 15) for (a, b), t in zip(bricks(n), row) for op in general_block(a, b, t)]


@recipe("alternating-layered")
def alternating(n, layers, x, w):
    ops = []
    for layer, row in enumerate(w.take(layers, n)):
        ops += [("RY", [q], [row[q]]) for q in range(n)]
        start = 0 if layer % 2 == 0 else -2
        for first in range(start, n, 4):
            block = [q for q in range(first, first + 4) if 0 <= q < n]
            ops += [("CZ", [a, b], []) for a, b in zip(block, block[1:])]
    return ops


class Stream:
    """xoshiro256++ seeded by SplitMix64 of the seed and the FNV-1a hash of the stream's name."""
    MASK = 2 ** 64 - 1

    def __init__(self, seed, name):
        h = 0xcbf29ce484222325
        for byte in name.encode():
            h = ((h ^ byte) * 0x100000001b3) & self.MASK
        mixer, self.s = (seed + h) & self.MASK, []
        for _ in range(4):
            mixer = (mixer + 0x9e3779b97f4a7c15) & self.MASK
            z = mixer
            z = ((z ^ (z >> 30)) * 0xbf58476d1ce4e5b9) & self.MASK
            z = ((z ^ (z >> 27)) * 0x94d049bb133111eb) & self.MASK
            self.s.append(z ^ (z >> 31))

    def next(self):
        def turn(v, k):
            return ((v << k) | (v >> (64 - k))) & self.MASK
        s = self.s
        result = (turn((s[0] + s[3]) & self.MASK, 23) + s[0]) & self.MASK
        t = (s[1] << 17) & self.MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = turn(s[3], 45)
        return result

    def uniform(self):
        return (self.next() >> 11) * 2.0 ** -53

    def integer(self, bound):
        while True:
            draw = self.next()
            if draw < self.MASK - self.MASK % bound:
                return draw % bound


@recipe("random-layers")
def random_layers(n, layers, x, w):
    stream, ops = Stream(7, "random layers"), []
    for row in w.take(layers, 2 * n):
        row = list(row)
        while row:
            if stream.uniform() < 0.3:
                control = stream.integer(n)
                ops.append(("CNOT", [control, (control + 1 + stream.integer(n - 1)) % n], []))
            else:
                axis = "XYZ"[stream.integer(3)]
                ops.append(("R" + axis, [stream.integer(n)], [row.pop(0)]))
    return ops


@recipe("identity-blocks")
def identity_blocks(n, layers, x, w):
    ops = []
    for first, second in w.take(layers, 2, 2, n, 3):
        for row in first:
            ops += [("Rot", [q], list(row[q])) for q in range(n)] + [("CZ", list(p), []) for p in chain(n)]
        for row in second[::-1]:
            ops += [("CZ", list(p), []) for p in reversed(chain(n))]
            ops += [("Rot", [q], [-row[q, 2], -row[q, 1], -row[q, 0]]) for q in range(n)]
    return ops


def cost(n):
    """(coefficient, word, qubits) of the examples' diagonal cost."""
    return ([(0.5 + 0.1 * i, "ZZ", [i, i + 1]) for i in range(n - 1)] + [(-0.3, "Z", [q]) for q in range(n)]
            + [(0.2, "", [])])


def parts(n):
    """The parts of the examples' transverse Ising chain."""
    bonds = [[(1, "ZZ", [i, i + 1]) for i in range(first, n - 1, 2)] for first in (0, 1)]
    return [part for part in bonds if part] + [[(0.8, "X", [q]) for q in range(n)]]


def hamiltonian(n):
    """The Hamiltonian of the evolution examples."""
    bonds = [t for i in range(n - 1) for t in ((1, "XY", [i, i + 1]), (0.5 + 0.1 * i, "ZZ", [i, i + 1]))]
    return bonds + [t for q in range(n) for t in ((0.4, "X", [q]), (-0.2, "Z", [q]))] + [(0.3, "", [])]


def exponential(term, time):
    """exp(-i time c P)."""
    coefficient, word, qubits = term
    if not word:
        return ("GlobalPhase", [], [-coefficient * time])
    return ("PauliRot " + word, qubits, [2 * coefficient * time])


@recipe("qaoa")
def qaoa(n, layers, x, w):
    ops = [("H", [q], []) for q in range(n)]
    for gamma, beta in w.take(layers, 2):
        ops += [exponential(t, gamma) for t in cost(n)] + [("RX", [q], [2 * beta]) for q in range(n)]
    return ops


@recipe("hamiltonian-variational")
def variational(n, layers, x, w):
    return [exponential(t, time) for row in w.take(layers, len(parts(n))) for time, part in zip(row, parts(n)) for t in part]


def convolve(active, t):
    return [op for a, b in bricks(len(active)) for op in general_block(active[a], active[b], t)]


def pool(active, t):
    ops = []
    for sink, source in zip(active[::2], active[1::2]):
        ops += [("CRZ", [source, sink], [t[0]]), ("X", [source], []), ("CRX", [source, sink], [t[1]]), ("X", [source], [])]
    return ops


@recipe("qcnn-convolution")
def qcnn_convolution(n, layers, x, w):
    return convolve(range(n), w.take(15))


@recipe("qcnn-pooling")
def qcnn_pooling(n, layers, x, w):
    return pool(range(n), w.take(2))


@recipe("qcnn")
def qcnn(n, layers, x, w):
    levels = math.ceil(math.log2(n))
    c, p = w.take(levels, 15), w.take(levels, 2)
    active, ops = list(range(n)), []
    for level in range(levels):
        ops += convolve(active, c[level]) + pool(active, p[level])
        active = active[::2]
    return ops


def tree(active, disentangle):
    pairs = []
    while len(active) > 1:
        if disentangle:
            pairs += list(zip(active[1::2], active[2::2]))
        joined = list(zip(active[::2], active[1::2]))
        pairs += joined
        active = [b for _, b in joined] + (active[-1:] if len(active) % 2 else [])
    return pairs


def blocks(pairs):
    def build(n, layers, x, w):
        own = pairs(n)
        return [op for (a, b), t in zip(own, w.take(len(own), 2)) for op in real_block(a, b, t)]
    return build


RECIPES["matrix-product-state"] = blocks(chain)
RECIPES["tree-tensor-network"] = blocks(lambda n: tree(list(range(n)), False))
RECIPES["mera"] = blocks(lambda n: tree(list(range(n)), True))


@recipe("particle-conserving")
def particles(n, layers, x, w):
    singles, doubles = w.take(layers, n - 1), w.take(layers, n - 3)
    ops = [("X", [q], []) for q in range(n // 2)]
    for layer in range(layers):
        ops += [("SingleExcitation", [i, i + 1], [singles[layer, i]]) for i in range(n - 1)]
        ops += [("DoubleExcitation", list(range(i, i + 4)), [doubles[layer, i]]) for i in range(n - 3)]
    return ops


# The nineteen circuits of arXiv:1905.10876, Fig. 2, a string for each: "x z" are columns of rotations, "H" of
# Hadamards, "(y)" leaves out the ends, and links are gate:wiring.
SIM = {
    1: "x z", 2: "x z CNOT:up", 3: "x z CRZ:up", 4: "x z CRX:up",
    5: "x z CRZ:all x z", 6: "x z CRX:all x z",
    7: "x z CRZ:even x z CRZ:odd", 8: "x z CRX:even x z CRX:odd",
    9: "H CZ:up x", 10: "CZ:closed y",
    11: "y z CNOT:even (y) (z) CNOT:odd", 12: "y z CZ:even (y) (z) CZ:odd",
    13: "y CRZ:ring y CRZ:back", 14: "y CRX:ring y CRX:back", 15: "y CNOT:ring y CNOT:back",
    16: "x z CRZ:even CRZ:odd", 17: "x z CRX:even CRX:odd",
    18: "x z CRZ:ring", 19: "x z CRX:ring",
}


def sim_pairs(wiring, n):
    return {
        "up": [(n - 1 - q, n - 2 - q) for q in range(n - 1)],
        "closed": [(q, (q + 1) % n) for q in range(n)],
        "all": [(n - 1 - i, n - 1 - j) for i in range(n) for j in range(n) if i != j],
        "even": [(2 * i + 1, 2 * i) for i in range(n // 2)],
        "odd": [(2 * i + 2, 2 * i + 1) for i in range((n - 1) // 2)],
        "ring": [(n - 1 - q, (n - q) % n) for q in range(n)],
        "back": [((q - 1) % n, (q - 2) % n) for q in range(n)],
    }[wiring]


def sim(number):
    def layer(columns, n, w):
        ops = []
        for column in columns.split():
            if column == "H":
                ops += [("H", [q], []) for q in range(n)]
            elif ":" in column:
                gate, wiring = column.split(":")
                turns = gate.startswith("CR")
                ops += [(gate, list(p), list(w.take(1)) if turns else []) for p in sim_pairs(wiring, n)]
            else:
                places = range(1, n - 1) if column.startswith("(") else range(n)
                ops += [("R" + column.strip("()").upper(), [q], list(w.take(1))) for q in places]
        return ops

    def build(n, layers, x, w):
        start = layer("y", n, w) if number == 10 else []
        return start + [op for _ in range(layers) for op in layer(SIM[number], n, w)]
    return build


for number in SIM:
    RECIPES[f"sim-{number}"] = sim(number)


# Evolution and preparation

def suzuki(order, terms, time):
    if order == 1:
        return [exponential(t, time) for t in terms]
    if order == 2:
        return [exponential(t, time / 2) for t in terms + terms[::-1]]
    p = 1 / (4 - 4 ** (1 / (order - 1)))
    return [op for part in (p, p, 1 - 4 * p, p, p) for op in suzuki(order - 2, terms, part * time)]


def trotter(order):
    return lambda n, layers, x, w: suzuki(order, hamiltonian(n), 0.7 / layers) * layers


for order in (1, 2, 4):
    RECIPES[f"trotter-{order}"] = trotter(order)


def amplitudes(n):
    """The examples' amplitudes: sqrt((j + 1)/sum) e^{i j²/5}."""
    j = np.arange(2 ** n)
    return np.sqrt((j + 1) / np.sum(j + 1)) * np.exp(1j * j ** 2 / 5)


def padded(sample):
    """A sample as amplitudes: padded by 0.5 to a power of two, of norm 1."""
    full = np.append(sample, 0.5)
    return full / np.linalg.norm(full)
