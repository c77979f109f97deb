using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Standstill.Cli.Commands.Capability;

/// <summary>Release dates as METR's analysis keeps them: a YAML map `date` from alias to day; other keys are passed over.</summary>
/// <remarks>Read event by event and not as a tree: a tree of hostile depth would end the process.</remarks>
internal static class ReleaseYaml
{
    private const string Form = "write `date:` and beneath it `alias: 2026-03-05`";

    /// <summary>Release day by alias.</summary>
    /// <exception cref="UsageException">The text is something else; the message names the place.</exception>
    public static ImmutableDictionary<string, DateOnly> Read(string path, string text)
    {
        var yaml = new Parser(new StringReader(text));
        try
        {
            yaml.Consume<StreamStart>();
            if (!yaml.TryConsume<DocumentStart>(out _) || !yaml.TryConsume<MappingStart>(out _))
            {
                throw new UsageException($"`{path}`: there is no map `date`; {Form}");
            }

            while (!yaml.Accept<MappingEnd>(out _))
            {
                var isDate = yaml.Accept<Scalar>(out var key) && key.Value == "date";
                Pass(yaml);
                if (isDate && yaml.TryConsume<MappingStart>(out _))
                {
                    return Days(path, yaml);
                }

                Pass(yaml);
            }

            throw new UsageException($"`{path}`: there is no map `date`; {Form}");
        }
        catch (YamlException e)
        {
            throw new UsageException($"`{path}`: line {e.Start.Line}: it is not YAML; {Form}");
        }
        catch (Exception e) when (e is InvalidOperationException or EndOfStreamException or ArgumentException)
        {
            // YamlDotNet throws these for some texts: a stray `-` within brackets, a document that ends within a node, a tag that is no URI.
            throw new UsageException($"`{path}`: it is not YAML; {Form}");
        }
    }

    private static ImmutableDictionary<string, DateOnly> Days(string path, Parser yaml)
    {
        var days = ImmutableDictionary.CreateBuilder<string, DateOnly>(StringComparer.Ordinal);
        while (!yaml.TryConsume<MappingEnd>(out _))
        {
            if (!yaml.TryConsume<Scalar>(out var alias))
            {
                throw new UsageException($"`{path}`: line {yaml.Current!.Start.Line}: an alias is a plain word; {Form}");
            }

            if (!yaml.TryConsume<Scalar>(out var day) || !DateOnly.TryParseExact(day.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var released))
            {
                throw new UsageException($"`{path}`: line {alias.Start.Line}: {(day is null ? "it" : $"`{day.Value}`")} is not a date; write it as yyyy-MM-dd");
            }

            if (!days.TryAdd(alias.Value, released))
            {
                throw new UsageException($"`{path}`: line {alias.Start.Line}: `{alias.Value}` appears twice; keep one line");
            }
        }

        return days.ToImmutable();
    }

    /// <summary>Passes over one node, however deep it is.</summary>
    private static void Pass(Parser yaml)
    {
        var depth = 0;
        do
        {
            depth += yaml.Consume<ParsingEvent>().NestingIncrease;
        }
        while (depth > 0);
    }
}
