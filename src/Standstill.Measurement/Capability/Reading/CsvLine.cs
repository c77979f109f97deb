using System.Collections.Immutable;
using System.Text;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>One line of comma-separated text (RFC 4180, section 2), without line breaks in fields.</summary>
internal static class CsvLine
{
    /// <summary>Splits a line into its fields; false where quotes are out of place.</summary>
    public static bool TrySplit(string line, out ImmutableArray<string> fields)
    {
        var split = ImmutableArray.CreateBuilder<string>();
        var field = new StringBuilder();
        var at = 0;
        while (true)
        {
            field.Clear();
            if (at < line.Length && line[at] == '"')
            {
                for (at++; ; at++)
                {
                    if (at == line.Length)
                    {
                        fields = [];
                        return false;
                    }

                    if (line[at] == '"' && (++at == line.Length || line[at] != '"'))
                    {
                        break;
                    }

                    field.Append(line[at]);
                }
            }
            else
            {
                for (; at < line.Length && line[at] is not (',' or '"'); at++)
                {
                    field.Append(line[at]);
                }
            }

            split.Add(field.ToString());
            if (at == line.Length)
            {
                fields = split.ToImmutable();
                return true;
            }

            if (line[at++] != ',')
            {
                fields = [];
                return false;
            }
        }
    }
}
