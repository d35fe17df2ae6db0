import AnsatzCircuits
import Testing

@Suite("Conditions")
struct ConditionTests {
  let c = Bits("c", 3)
  let d = Bits("d", 2)

  /// The answers for all 32 values of the two registers, c the lower bits.
  private func answers(_ condition: Condition) -> [Bool] {
    (0..<32).map { value in
      condition.holds { bit in
        bit.register == c ? value >> bit.index & 1 == 1 : value >> (3 + bit.index) & 1 == 1
      }
    }
  }

  @Test("Operators mean what they mean on numbers and truth values")
  func operators() {
    #expect(answers(c == 5) == (0..<32).map { $0 & 7 == 5 })
    #expect(answers(c != 5) == (0..<32).map { $0 & 7 != 5 })
    #expect(answers(c < 3) == (0..<32).map { $0 & 7 < 3 })
    #expect(answers(c <= 3) == (0..<32).map { $0 & 7 <= 3 })
    #expect(answers(d > 1) == (0..<32).map { $0 >> 3 > 1 })
    #expect(answers(d >= 1) == (0..<32).map { $0 >> 3 >= 1 })
    #expect(answers(!c[0]) == (0..<32).map { $0 & 1 == 0 })
    #expect(answers(c[1] && !d[0]) == (0..<32).map { $0 & 2 != 0 && $0 & 8 == 0 })
    #expect(answers(c[1] || d[1]) == (0..<32).map { $0 & 2 != 0 || $0 & 16 != 0 })
    #expect(answers(c[0] ^ (d == 2)) == (0..<32).map { ($0 & 1 != 0) != ($0 >> 3 == 2) })
    #expect(answers(.constant(true)).allSatisfy { $0 })
  }

  @Test("Numbers no register can hold compare as numbers")
  func outOfRange() {
    #expect(answers(c == 8).allSatisfy { !$0 })
    #expect(answers(c < 8).allSatisfy { $0 })
    #expect(answers(c == -1).allSatisfy { !$0 })
    #expect(answers(c > -1).allSatisfy { $0 })
    #expect(answers(c < Int.max).allSatisfy { $0 })
    let wide = Bits("w", 80)
    #expect((wide > Int.max).holds { $0.index == 70 })
    #expect(!(wide == 0).holds { $0.index == 79 })
  }

  @Test("A condition prints as it is written, with the brackets it needs")
  func text() {
    #expect((c == 3).description == "c == 3")
    #expect((!(c[0] && d[1])).description == "!(c[0] && d[1])")
    #expect((c[0] && (c[1] || d[0])).description == "c[0] && (c[1] || d[0])")
    #expect((c[0] && c[1] || d[0]).description == "c[0] && c[1] || d[0]")
    #expect(((c == 1) ^ d[0]).description == "(c == 1) ^ d[0]")
    #expect(Condition.comparison([c[2], c[0]], .less, 2).description == "{c[2], c[0]} < 2")
  }

  @Test("The bits of a condition are listed once each")
  func bits() {
    #expect(((c == 2) && c[1] || d[0]).bits == [c[0], c[1], c[2], d[0]])
  }
}
