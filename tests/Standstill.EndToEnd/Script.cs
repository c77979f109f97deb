using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Standstill.EndToEnd;

/// <summary>
/// A session at the terminal as a text file: what is typed, and all that is answered.
/// </summary>
/// <remarks>
/// <code>
/// # a comment
/// + lab.json {"name": "A lab"}      writes a file
/// $ standstill keygen root.key      runs the command; 'one word' in quotes; `| text` gives it standard input
/// ed25519:{root}                    a line of standard output; a name seen first takes what is there, later it must be the same
/// ! standstill: …                   a line of standard error
/// ...                               any lines
/// = good true                       standard output is one JSON document with this value at this path
/// ? 1                               the exit status, 0 if not said
/// </code>
/// </remarks>
internal sealed class Script
{
    private static readonly Regex Name = new(@"\{(?<name>[a-z]+|\*)\}", RegexOptions.NonBacktracking);

    private readonly Dictionary<string, string> values;
    private readonly string directory;

    private Script(string directory, Dictionary<string, string> values) => (this.directory, this.values) = (directory, values);

    /// <summary>Runs a script in a directory, with some names known beforehand.</summary>
    public static async Task RunAsync(string file, string directory, Dictionary<string, string> values)
    {
        var script = new Script(directory, values);
        var lines = (await File.ReadAllLinesAsync(file)).Where(l => l.Length > 0 && l[0] != '#').ToArray();
        for (var at = 0; at < lines.Length;)
        {
            if (lines[at].StartsWith("+ ", StringComparison.Ordinal))
            {
                var parts = lines[at++].Split(' ', 3);
                var content = script.Fill(parts[2]).Replace("\\n", "\n", StringComparison.Ordinal);
                await File.WriteAllTextAsync(Path.Combine(directory, parts[1]), content);
                continue;
            }

            Assert.StartsWith("$ standstill ", lines[at], StringComparison.Ordinal);
            var end = Array.FindIndex(lines, at + 1, l => l[0] is '$' or '+');
            end = end < 0 ? lines.Length : end;
            await script.StepAsync(lines[at], lines[(at + 1)..end]);
            at = end;
        }
    }

    private async Task StepAsync(string line, string[] expected)
    {
        var (typed, input) = line["$ standstill ".Length..].Split(" | ", 2) is [var t, var i] ? (t, Fill(i)) : (line["$ standstill ".Length..], "");
        var done = await Command.RunAsync([.. Words(typed).Select(Fill)], input, directory);
        try
        {
            var status = expected.Where(l => l.StartsWith("? ", StringComparison.Ordinal)).Select(l => l[2..]).SingleOrDefault("0");
            Assert.Equal(status, $"{done.Status}");
            foreach (var json in expected.Where(l => l.StartsWith("= ", StringComparison.Ordinal)))
            {
                CheckJson(done.Json, Fill(json[2..]));
            }

            CheckLines([.. expected.Where(l => l.StartsWith("! ", StringComparison.Ordinal)).Select(l => l[2..])], done.Errors);
            if (!expected.Any(l => l.StartsWith("= ", StringComparison.Ordinal)))
            {
                CheckLines([.. expected.Where(l => l[..Math.Min(2, l.Length)] is not ("? " or "! " or "= "))], done.Output);
            }
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{line}\nstatus {done.Status}\n{done.Output}\n! {done.Errors}\n{e.Message}", e);
        }
    }

    private void CheckLines(string[] expected, string text)
    {
        var lines = text.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0).ToArray();
        var at = 0;
        for (var e = 0; e < expected.Length; e++)
        {
            if (expected[e] == "...")
            {
                var next = e + 1 < expected.Length ? Array.FindIndex(lines, at, l => Matches(expected[e + 1], l)) : lines.Length;
                Assert.True(next >= 0, $"no line is `{expected.ElementAtOrDefault(e + 1)}`");
                at = next;
                continue;
            }

            Assert.True(at < lines.Length && Matches(expected[e], lines[at]), $"expected `{expected[e]}`, found `{lines.ElementAtOrDefault(at)}`");
            at++;
        }

        Assert.True(at == lines.Length, $"not expected: `{lines.ElementAtOrDefault(at)}`");
    }

    private static void CheckJson(JsonElement json, string expected)
    {
        var parts = expected.Split(' ', 2);
        foreach (var step in parts[0].Split('.'))
        {
            json = json.ValueKind == JsonValueKind.Array ? json[int.Parse(step, null)] : json.GetProperty(step);
        }

        Assert.Equal(parts[1], json.ValueKind == JsonValueKind.String ? json.GetString() : json.GetRawText());
    }

    private bool Matches(string expected, string line)
    {
        var pattern = new StringBuilder("^");
        var last = 0;
        var fresh = new HashSet<string>();
        foreach (Match name in Name.Matches(expected))
        {
            pattern.Append(Regex.Escape(expected[last..name.Index]));
            last = name.Index + name.Length;
            var key = name.Groups["name"].Value;
            pattern.Append(key == "*" ? ".*" : values.TryGetValue(key, out var value) ? Regex.Escape(value) : fresh.Add(key) ? $"(?<{key}>[^ ,`]+)" : throw new InvalidOperationException($"{{{key}}} twice in one line"));
        }

        var match = Regex.Match(line, pattern.Append(Regex.Escape(expected[last..])).Append('$').ToString(), RegexOptions.NonBacktracking);
        foreach (var key in match.Success ? fresh : [])
        {
            values[key] = match.Groups[key].Value;
        }

        return match.Success;
    }

    private string Fill(string text) => Name.Replace(text, m => values.TryGetValue(m.Groups["name"].Value, out var value) ? value : m.Value);

    private static IEnumerable<string> Words(string line)
    {
        var quoted = line.Split('\'');
        for (var i = 0; i < quoted.Length; i++)
        {
            foreach (var word in i % 2 == 1 ? [quoted[i]] : quoted[i].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return word;
            }
        }
    }
}
