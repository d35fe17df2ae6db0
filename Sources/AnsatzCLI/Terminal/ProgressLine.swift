import Foundation
import Synchronization

/// Shows how far a long command has come, with the time it still needs: one line that rewrites
/// itself on a terminal, plain lines now and then anywhere else.
final class ProgressLine: Sendable {
  private struct State {
    var first: (fraction: Double, time: ContinuousClock.Instant)?
    var lastWrite: ContinuousClock.Instant?
    var isShown = false
  }

  private let title: String
  private let isLive: Bool
  private let pause: Duration
  private let state = Mutex(State())

  init(_ title: String, isLive: Bool = StandardStreams.errorIsTerminal) {
    self.title = title
    self.isLive = isLive
    pause = isLive ? .milliseconds(100) : .seconds(5)
  }

  /// - Parameter detail: What is being done, such as `epoch 3/20, loss 0.412`.
  func show(_ fraction: Double, _ detail: @autoclosure () -> String) {
    // After Ctrl-C only the result is written.
    guard !Interruption.isRequested else { return }
    let now = ContinuousClock.now
    state.withLock { state in
      let first = state.first ?? (fraction, now)
      state.first = first
      guard now - (state.lastWrite ?? first.time) >= pause else { return }
      state.lastWrite = now
      var text = "\(title): \(detail()), \(Int(100 * fraction)) %"
      if let left = remainingTime(from: first, to: (fraction, now)) { text += ", \(left) left" }
      if isLive {
        state.isShown = true
        StandardStreams.note("\r\(text.prefix(StandardStreams.columns - 1))\u{1B}[K")
      } else {
        StandardStreams.note(text + "\n")
      }
    }
  }

  /// Clears the line, so that what is written next starts clean.
  func clear() {
    state.withLock { state in
      if state.isShown { StandardStreams.note("\r\u{1B}[K") }
      state.isShown = false
    }
  }
}

/// The time left if the rest goes on as fast as the part since `first`.
private func remainingTime(
  from first: (fraction: Double, time: ContinuousClock.Instant),
  to now: (fraction: Double, time: ContinuousClock.Instant)
) -> String? {
  let done = now.fraction - first.fraction
  guard done > 0 else { return nil }
  let seconds = (now.time - first.time) / .seconds(1)
  return briefDuration(seconds * (1 - now.fraction) / done)
}

/// A time for people: `8 s`, `3 min 20 s`, `2 h 05 min`.
func briefDuration(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds < 1e9 else { return "very long" }
  let whole = Int(seconds.rounded())
  if whole < 60 { return "\(whole) s" }
  if whole < 3600 { return String(format: "%d min %02d s", whole / 60, whole % 60) }
  return String(format: "%d h %02d min", whole / 3600, whole / 60 % 60)
}
