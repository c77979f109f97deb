namespace Standstill.Protocol.Tests.Pacts;

/// <summary>Approved texts of refusals: an input on a line that begins with `>`, its line breaks as `\n`, then its faults.</summary>
internal static class ApprovedRefusals
{
    public static TheoryData<string, string> In(string file)
    {
        var cases = new TheoryData<string, string>();
        string approved = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata", "pacts", file));
        foreach (string block in approved.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            string[] lines = block.TrimEnd('\n').Split('\n');
            cases.Add(lines[0][1..].TrimStart().Replace("\\n", "\n", StringComparison.Ordinal), string.Join('\n', lines[1..]));
        }

        return cases;
    }
}
