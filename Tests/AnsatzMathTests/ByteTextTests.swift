import AnsatzMath
import Testing

@Test(
  "Bytes are written with three digits and a power of a thousand",
  arguments: [
    (0, "0 bytes"), (999, "999 bytes"), (1000, "1 kB"), (131_072, "131 kB"), (6_553_600, "6.55 MB"),
    (999_499, "999 kB"), (999_500, "1 MB"), (17_179_869_184, "17.2 GB"), (9_996_000, "10 MB"),
    (18_014_398_509_481_984, "18 PB"), (1e30, "more than 1000 EB"),
    (.infinity, "more than 1000 EB"),
  ] as [(Double, String)])
func bytes(count: Double, text: String) {
  #expect(byteText(count) == text)
}
