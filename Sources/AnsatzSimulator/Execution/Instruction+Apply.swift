import AnsatzMath
import Numerics

extension Instruction {
  /// Runs the instruction, or undoes it, on every lane.
  ///
  /// - Parameters:
  ///   - cosine: Of the angle times `angleFactor`; read by parametric work alone.
  ///   - sine: The same.
  func apply<V: LaneVector>(
    to state: Amplitudes<V>, cosine: V, sine: V, inverted: Bool
  ) {
    let pointer = state.pointer
    let s = inverted ? -sine : sine
    switch work {
    case .pauliRotation(let masks):
      if masks.x == 0 {
        state.forEachChunk(of: fixed.groupCount) {
          rotateDiagonal(
            pointer, fixed, $0, controls: controls, masks: masks, cosine: cosine, sine: s)
        }
      } else if masks.yCount & 1 == 0 {
        state.forEachChunk(of: fixed.groupCount) {
          rotateImaginary(
            pointer, fixed, $0, controls: controls, masks: masks, cosine: cosine, sine: s)
        }
      } else {
        state.forEachChunk(of: fixed.groupCount) {
          rotateReal(
            pointer, fixed, $0, controls: controls, masks: masks, cosine: cosine, sine: s)
        }
      }
    case .phase:
      state.forEachChunk(of: fixed.groupCount) {
        multiplyPhase(pointer, fixed, $0, mask: controls, cosine: cosine, sine: s)
      }
    case .constantPhase(let phase):
      let angle = inverted ? -phase : phase
      let c = V(repeating: V.Element(Double.cos(angle)))
      let s = V(repeating: V.Element(Double.sin(angle)))
      state.forEachChunk(of: fixed.groupCount) {
        multiplyPhase(pointer, fixed, $0, mask: controls, cosine: c, sine: s)
      }
    case .exchange(let first, let second):
      state.forEachChunk(of: fixed.groupCount) {
        exchange(pointer, fixed, $0, first: controls | first, second: controls | second)
      }
    case .matrix(let matrix, let bits):
      let matrix = inverted ? matrix.adjoint : matrix
      state.forEachChunk(of: fixed.groupCount) {
        if bits.count == 1 {
          applyMatrix2(pointer, fixed, $0, controls: controls, bit: 1 << bits[0], matrix: matrix)
        } else {
          applyMatrix(
            pointer, fixed, $0, controls: controls, offsets: offsets(of: bits), matrix: matrix)
        }
      }
    case .fourier(let bits, let inverse):
      state.transform(bits: bits, controls: controls, inverse: inverse != inverted)
    }
  }

  /// The derivative of ⟨ψ|O|ψ⟩ in the instruction's angle, lane by lane, from the state right after
  /// it and the bra O|ψ⟩ pulled back to the same place.
  func angleDerivative<V: LaneVector>(bra: Amplitudes<V>, ket: Amplitudes<V>) -> V {
    switch work {
    case .pauliRotation(let masks):
      bra.sumOverChunks(of: fixed.groupCount) {
        pauliDerivative(bra.pointer, ket.pointer, fixed, $0, controls: controls, masks: masks)
      }
    case .phase:
      bra.sumOverChunks(of: fixed.groupCount) {
        phaseDerivative(bra.pointer, ket.pointer, fixed, $0, mask: controls)
      }
    default: .zero
    }
  }
}
