import AnsatzTestSupport
import Foundation
import Testing

/// Two features and two classes that a line does not part, so that every part of a report is there.
private let moons: String = {
  let rows = (0..<60).map { index in
    let turn = Double(index / 2) * .pi / 29
    let shift = 0.1 * sin(Double(index) * 1.7)
    return index % 2 == 0
      ? "\(cos(turn) + shift),\(sin(turn) - shift),<up & over>"
      : "\(1 - cos(turn) - shift),\(0.5 - sin(turn) + shift),down"
  }
  return (["width,height,class"] + rows).joined(separator: "\n") + "\n"
}()

/// The headings of a page's sections, and what stands in each.
private func sections(_ page: Markup) -> [(heading: String, section: Markup)] {
  page.elements("section").map { ($0.elements("h2").first?.text ?? "", $0) }
}

private func tiles(_ page: Markup) -> [String: String] {
  let pairs = page.elements("div", "tile").map {
    ($0.elements("span", "name")[0].text, $0.elements("span", "value")[0].text)
  }
  return Dictionary(uniqueKeysWithValues: pairs)
}

/// The counts of a confusion matrix, row by row.
private func counts(_ figure: Markup) -> [Int] {
  figure.elements("text", "count").compactMap { Int($0.text) }
}

/// What must hold for any page: it is well-formed, needs nothing else, and a browser shows its words.
private func checkPage(_ html: String, words: [String]) throws -> Markup {
  let page = try Markup.parse(html)
  #expect(page.elements("script").isEmpty && page.elements("link").isEmpty)
  for element in page.all {
    for (name, value) in element.attributes where ["src", "href", "data", "action"].contains(name) {
      #expect(value.hasPrefix("data:"), "\(element.name) \(name)=\(value.prefix(60))")
    }
  }
  for picture in page.elements("svg") { #expect(picture.elements("title").count >= 1) }
  guard let browser = Browser() else {
    Issue.record(
      "no browser: the page was parsed, not rendered; scripts/setup.sh test installs Chromium",
      severity: .warning)
    for word in words { #expect(page.text.contains(word), "\(word)") }
    return page
  }
  // The page writes down what it shows, and whether anything sticks out or was fetched.
  let probe = """
    <script>
    const body = document.body;
    const seen = { words: body.innerText + [...document.querySelectorAll("svg text")]
      .map(text => text.textContent).join(" ") };
    seen.wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    seen.hidden = [...document.querySelectorAll("figure > svg")].filter(svg => {
      const box = svg.getBoundingClientRect();
      return box.width < 50 || box.height < 50;
    }).length;
    seen.cut = [...document.querySelectorAll("figure > svg")].flatMap(svg => {
      const frame = svg.getBoundingClientRect();
      return [...svg.querySelectorAll("text")].filter(text => {
        const box = text.getBoundingClientRect();
        return box.left < frame.left - 1 || box.right > frame.right + 1
          || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
      }).map(text => text.textContent);
    }).join("; ");
    seen.fetched = performance.getEntriesByType("resource")
      .filter(entry => !entry.name.startsWith("data:")).length;
    seen.paper = getComputedStyle(body).backgroundColor;
    const found = document.createElement("pre");
    found.id = "seen";
    found.textContent = btoa(unescape(encodeURIComponent(JSON.stringify(seen))));
    body.append(found);
    </script></body>
    """
  for isDark in [false, true] {
    let document = try browser.document(
      of: html.replacing("</body>", with: probe), isDark: isDark)
    let coded = try #require(document.firstMatch(of: /<pre id="seen">([^<]*)</)).1
    let data = try #require(Data(base64Encoded: String(coded)))
    let seen = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let text = try #require(seen["words"] as? String)
    for word in words { #expect(text.contains(word), "\(word)") }
    #expect(seen["wide"] as? Int == 0 && seen["hidden"] as? Int == 0)
    #expect(seen["fetched"] as? Int == 0)
    #expect(seen["cut"] as? String == "")
    #expect(seen["paper"] as? String == (isDark ? "rgb(21, 24, 28)" : "rgb(255, 255, 255)"))
  }
  try checkNarrowPage(html, browser)
  return page
}

/// On a telephone, 400 pixels wide, no table is cut off, and no word of a picture is too small to read;
/// a picture that is wider scrolls by itself, not the page.
private func checkNarrowPage(_ html: String, _ browser: Browser) throws {
  // A window cannot be so narrow; a frame in it can.
  let frame = """
    <!DOCTYPE html><html><head><meta charset="utf-8"/></head><body>
    <iframe style="width: 400px; height: 800px; border: 0"></iframe>
    <script>
    const html = decodeURIComponent(escape(atob("\(Data(html.utf8).base64EncodedString())")));
    const frame = document.querySelector("iframe");
    const inner = frame.contentDocument;
    inner.open(); inner.write(html); inner.close();
    const root = inner.documentElement;
    const seen = { width: frame.contentWindow.innerWidth, wide: root.scrollWidth - root.clientWidth };
    seen.cut = [...inner.querySelectorAll(".wide")].filter(box => box.scrollWidth > box.clientWidth + 1)
      .map(box => box.innerText.slice(0, 40)).join("; ");
    seen.small = [...inner.querySelectorAll("figure > svg")].filter(svg =>
      svg.getBoundingClientRect().width < 0.7 * svg.viewBox.baseVal.width
    ).map(svg => svg.querySelector("title").textContent).join("; ");
    const found = document.createElement("pre");
    found.id = "seen";
    found.textContent = btoa(unescape(encodeURIComponent(JSON.stringify(seen))));
    document.body.append(found);
    </script></body></html>
    """
  let document = try browser.document(of: frame)
  let coded = try #require(document.firstMatch(of: /<pre id="seen">([^<]*)</)).1
  let data = try #require(Data(base64Encoded: String(coded)))
  let seen = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  #expect(seen["width"] as? Int == 400)
  #expect(seen["wide"] as? Int == 0, "the page is \(seen["wide"] ?? "") pixels too wide")
  #expect(seen["cut"] as? String == "")
  #expect(seen["small"] as? String == "")
}

@Test("The report on a training run: metrics, curves, matrices, ROC, boundary, circuit, command")
func trainingPage() throws {
  let folder = try TemporaryFolder()
  try folder.write("moons.csv", moons)
  let outcome = try ansatz(
    "train", "moons.csv", "--label", "class", "--epochs", "12", "--validation", "0.2", "--test",
    "moons.csv", "--seed", "3", "--report", "my page.html", in: folder.path)
  #expect(outcome.status == 0, "\(outcome.errors)")
  let page = try checkPage(
    folder.read("my page.html"),
    words: [
      "hybrid on moons.csv", "60 rows, 2 features, 2 classes", "test accuracy", "loss",
      "Confusion matrices", "<up & over>", "Positive is down", "ROC", "Decision boundary", "width",
      "The circuit", "4 qubits, 4 inputs, 24 weights", "learning rate", "seed", "f64",
      "ansatz 0.1.0", "--report 'my page.html'",
    ])
  // What stands first is what the command printed.
  let shown = tiles(page)
  for (name, line) in [("test accuracy", "test "), ("validation accuracy", "validation ")] {
    let printed = try #require(outcome.output.split(separator: "\n").first { $0.hasPrefix(line) })
    #expect(printed.hasSuffix(try #require(shown[name])))
  }
  let parts = sections(page)
  #expect(
    parts.map(\.heading) == [
      "Training", "Confusion matrices", "ROC", "Decision boundary", "The circuit", "Settings",
      "Command",
    ])
  #expect(parts.map { $0.section.elements("svg").count } == [2, 3, 1, 1, 1, 0, 0])
  // Both curves have a point for each epoch.
  for chart in parts[0].section.elements("svg") {
    let curves = chart.elements("path", "curve").filter { !$0.points.isEmpty }
    #expect(curves.map(\.points.count) == [12, 12])
  }
  // Every row of each part is counted once, and the diagonal is the accuracy.
  let matrices = parts[1].section.elements("figure").map(counts)
  #expect(matrices.map { $0.reduce(0, +) } == [48, 12, 60])
  let test = matrices[2]
  #expect(
    String(format: "%.4f", Double(test[0] + test[3]) / 60) == tiles(page)["test accuracy"])
  // All points stand in the plane.
  #expect(parts[3].section.all.filter { $0.kinds.contains("mark") }.count == 60)
}

@Test("The command in a report gives the same report again")
func commandInReport() throws {
  let folder = try TemporaryFolder()
  try folder.write("moons.csv", moons)
  _ = try ansatz(
    "train", "moons.csv", "--label", "class", "--epochs", "3", "--seed", "5", "--report",
    "a b.html",
    in: folder.path)
  func pictures() throws -> [String] {
    let page = try Markup.parse(folder.read("a b.html"))
    return page.elements("path").compactMap { $0.attributes["d"] }
  }
  let first = try pictures()
  #expect(first.count == 3)
  let command = try #require(
    sections(try Markup.parse(folder.read("a b.html"))).last?.section.elements("code").first?.text)
  #expect(command.hasPrefix("ansatz train "))
  try FileManager.default.removeItem(atPath: "\(folder.path)/a b.html")
  let again = try Running(
    "/bin/sh", ["-c", "exec '\(ansatzBinary)' \(command.dropFirst("ansatz ".count))"],
    in: folder.path
  ).wait()
  #expect(again.status == 0, "\(again.errors)")
  #expect(try pictures() == first)
}

@Test("The report on a comparison: the verdict first, then what it rests on")
func comparisonPage() throws {
  let folder = try TemporaryFolder()
  try folder.write("moons.csv", moons)
  let outcome = try ansatz(
    "compare", "moons.csv", "--label", "class", "--epochs", "4", "--folds", "3", "--set",
    "qubits=2",
    "--report", "page.html", in: folder.path)
  #expect(outcome.status == 0, "\(outcome.errors)")
  let printed = outcome.output.components(separatedBy: "\nverdict on hybrid, ")
  let findings = printed[1].split(separator: "\n").dropFirst().map {
    String($0.drop { $0 == " " })
  }
  #expect(findings.count == 3)
  let page = try checkPage(
    folder.read("page.html"),
    words: findings + [
      "hybrid on moons.csv", "2 × stratified 3-fold cross-validation", "hybrid frozen-circuit",
      "majority-class", "k-nearest-neighbors", "learning rate", "repeats", "--folds 3",
    ])
  let parts = sections(page)
  #expect(
    parts.map(\.heading) == [
      "Verdict", "Accuracy", "Training", "Confusion matrices", "ROC", "Decision boundaries",
      "The circuit", "Settings", "Command",
    ])
  #expect(parts.map { $0.section.elements("svg").count } == [1, 1, 2, 8, 1, 8, 1, 0, 0])
  // The table says what the command's table says.
  for row in parts[1].section.elements("tbody")[0].elements("tr") {
    let cells = row.elements("td").map(\.text)
    let line = outcome.output.split(separator: "\n").first { $0.hasPrefix("\(cells[0])  ") }
    for cell in cells { #expect(line?.contains(cell) == true, "\(cell)") }
  }
  // Every row is tested once in each repeat.
  for matrix in parts[3].section.elements("figure") {
    #expect(counts(matrix).reduce(0, +) == 120)
  }
  // The three networks of the hybrid and the perceptron have curves with bands.
  #expect(parts[2].section.elements("path", "band").count == 8)
}

@Test("A report leaves out what the data do not have, and changes nothing that is printed")
func plainReport() throws {
  let folder = try TemporaryFolder()
  func report(_ arguments: String...) throws -> NSDictionary {
    let outcome = try ansatz(arguments)
    var result = try #require(json(outcome) as? [String: Any])
    result["seconds"] = nil
    // Times differ from run to run.
    result["contenders"] = (result["contenders"] as? [[String: Any]])?.map { contender in
      contender.filter { $0.key != "seconds" }
    }
    return result as NSDictionary
  }
  let train = ["train", "iris", "--epochs", "2", "--json"]
  let path = "\(folder.path)/page.html"
  #expect(
    try report(train[0], train[1], train[2], train[3], train[4])
      == report(train[0], train[1], train[2], train[3], train[4], "--report", path))
  var page = try Markup.parse(folder.read("page.html"))
  #expect(
    sections(page).map(\.heading) == [
      "Training", "Confusion matrices", "The circuit", "Settings", "Command",
    ])
  let compare = ["compare", "iris", "--model", "mlp", "--epochs", "2", "--folds", "2"]
  let few = ["--repeats", "1", "--baseline", "svm", "--json"]
  let (plain, reported) = (
    try ansatz(compare + few), try ansatz(compare + few + ["--report", path])
  )
  #expect(plain.status == 0 && reported.status == 0)
  page = try Markup.parse(folder.read("page.html"))
  #expect(page.text.contains("None; it needs a hybrid"))
  #expect(!sections(page).map(\.heading).contains("The circuit"))
}

@Test("A report that cannot be written is found before any training, and leaves nothing behind")
func unwritableReport() throws {
  let folder = try TemporaryFolder()
  try folder.write("old.html", "old")
  for command in [["train", "iris", "--epochs", "1000000"], ["compare", "breast-cancer"]] {
    for (path, complaint) in [
      ("\(folder.path)/none/page.html", "the report PATH cannot be written"),
      (folder.path, "the report PATH is a folder; name a file in it"),
    ] {
      let outcome = try ansatz(command + ["--report", path])
      #expect(outcome.status == 73)
      let said = try #require(outcome.complaint, "\(outcome.errors)")
      #expect(said.replacing(path, with: "PATH").hasPrefix(complaint), "\(said)")
      #expect(outcome.output.isEmpty)
    }
  }
  // A run that fails leaves an earlier report as it was, and makes none.
  for name in ["old.html", "new.html"] {
    let outcome = try ansatz("train", "nothing.csv", "--report", name, in: folder.path)
    #expect(outcome.status == 66)
  }
  #expect(folder.read("old.html") == "old")
  #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/new.html"))
}
