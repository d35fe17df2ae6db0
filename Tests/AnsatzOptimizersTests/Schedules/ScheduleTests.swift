import AnsatzMath
import AnsatzOptimizers
import Foundation
import Testing

@Suite struct ScheduleTests {
  let registry = ScheduleRegistry.standard

  @Test("the constant schedule is 1")
  func constant() {
    for t in [0, 3.5, 10] { #expect(ConstantSchedule().factor(at: t, of: 10) == 1) }
  }

  @Test("the step schedule falls exactly at each multiple")
  func step() {
    let schedule = StepSchedule(every: 3, factor: 0.5)
    let factors = [0, 2.99, 3, 5, 6, 9].map { schedule.factor(at: $0, of: 10) }
    #expect(factors == [1, 1, 0.5, 0.5, 0.25, 0.125])
  }

  @Test("the cosine schedule goes from 1 through the middle to its floor and stays there")
  func cosine() {
    let schedule = CosineSchedule(floor: 0.2)
    for (time, expected) in [(0.0, 1.0), (5, 0.6), (10.0 / 3, 0.8), (10, 0.2), (12, 0.2)] {
      #expect(abs(schedule.factor(at: time, of: 10) - expected) < 1e-15)
    }
  }

  @Test("warm-up climbs on a line, then the next schedule has the remaining time")
  func warmUp() {
    let schedule = WarmUpSchedule(length: 4, start: 0.2, then: CosineSchedule())
    for (time, expected) in [(0.0, 0.2), (1, 0.4), (3, 0.8), (4, 1), (7, 0.5), (10, 0)] {
      #expect(abs(schedule.factor(at: time, of: 10) - expected) < 1e-15)
    }
  }

  @Test("a specification reads back to a schedule with the same factors")
  func roundTrip() throws {
    let texts = [
      "constant", "step:every=2.0,factor=0.3", "cosine:floor=0.25",
      "warm-up:length=2.0,start=0.5+step:every=1.0,factor=0.7",
    ]
    for text in texts {
      let schedule = try registry.schedule(text)
      #expect(schedule.specification == text)
    }
    #expect(
      try registry.schedule("warm-up").specification == "warm-up:length=5.0,start=0.1+constant")
  }

  @Test("schedules survive JSON")
  func codable() throws {
    let warmUp = WarmUpSchedule(length: 3, start: 0.25, then: StepSchedule(every: 4, factor: 0.5))
    let copy = try JSONDecoder().decode(WarmUpSchedule.self, from: JSONEncoder().encode(warmUp))
    #expect(copy.specification == warmUp.specification)
    let cosine = CosineSchedule(floor: 0.1)
    let copy2 = try JSONDecoder().decode(CosineSchedule.self, from: JSONEncoder().encode(cosine))
    #expect(copy2.floor == 0.1)
  }

  @Test("mistakes are named")
  func mistakes() {
    func message(_ text: String) -> String {
      do { return try registry.schedule(text).specification } catch { return "\(error)" }
    }
    #expect(message("cosin") == "unknown schedule 'cosin'; did you mean 'cosine'?")
    #expect(message("step:every=0") == "every of 'step' must be greater than 0, not '0'")
    #expect(message("cosine+step").contains("only warm-up takes another"))
  }
}
