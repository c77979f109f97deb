using System.Globalization;
using System.Text;

namespace Standstill.Bench;

/// <summary>The figures of one run, as the table that is printed and that the README shows.</summary>
/// <param name="machine">What they were measured on.</param>
internal sealed class FigureTable(string machine)
{
    private const string Begin = "<!-- figures: written by bench/run --write -->";
    private const string End = "<!-- end of figures -->";

    private readonly StringBuilder rows = new();

    public void Add(string what, double value, string unit, string note) =>
        rows.Append($"| {what} | {Shown(value)} | {unit} | {note} |\n");

    /// <summary>Adds what fraction of a limit was reached.</summary>
    public void AddLimit(string what, double value, double limit, string unit) =>
        rows.Append($"| … {what} | {(value / limit).ToString("0.00", CultureInfo.InvariantCulture)} | × | the limit is {Shown(limit)} {unit} |\n");

    /// <summary>Puts the table between the markers of a README.</summary>
    /// <exception cref="InvalidDataException">The markers are not there.</exception>
    public void WriteInto(string readme)
    {
        var text = File.ReadAllText(readme);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (from < 0 || to < from)
        {
            throw new InvalidDataException($"`{readme}` has no lines `{Begin}` and `{End}`");
        }

        File.WriteAllText(readme, $"{text[..(from + Begin.Length)]}\n\n{this}\n{text[to..]}");
    }

    public override string ToString() => $"Measured on {DateTime.UtcNow:yyyy-MM-dd}: {machine}.\n\n| what | figure | unit | note |\n|---|---:|---|---|\n{rows}";

    private static string Shown(double value) => value >= 100
        ? value.ToString("#,0", CultureInfo.InvariantCulture)
        : value.ToString(value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
