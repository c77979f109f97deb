using System.CommandLine;
using System.Text.Json.Nodes;
using Standstill.Protocol.Statements;

namespace Standstill.Cli.Commands;

/// <summary>`standstill types`: the kinds of statements and their fields, from the code that reads them.</summary>
internal static class TypesCommand
{
    public static Command Make()
    {
        var name = new Argument<string?>("type") { Description = "One type; all without it", Arity = ArgumentArity.ZeroOrOne };
        name.HelpName = "type";
        name.CompletionSources.Add(_ => PredicateType.All.Select(t => new System.CommandLine.Completions.CompletionItem(t.Name)));
        var json = Inputs.Json();
        var command = new Command("types", """
            List the kinds of statements, who may say them, and their fields

            Examples:
              standstill types
              standstill types commitment
            """) { name, json };
        command.SetAction(parsed =>
        {
            var types = parsed.GetValue(name) is { } one
                ? [PredicateType.FindName(one) ?? throw new UsageException($"`{one}` is not a type of statement")]
                : PredicateType.All;
            if (parsed.GetValue(json))
            {
                Output.Json(new JsonArray([.. types.Select(Document)]));
            }
            else if (types.Length > 1)
            {
                Output.Table(["type", "role", "said by", "meaning"], types.Select(t => new[] { t.Name, Words.Of(t.Role), Kinds(t), t.Meaning }));
            }
            else
            {
                Output.Line($"{types[0].Uri}: {types[0].Meaning}");
                Output.Line($"key with role `{Words.Of(types[0].Role)}`, said by {Kinds(types[0])}");
                Output.Table(["field", "type", "unit", "bounds", "required", "meaning"], types[0].Fields.Select(f =>
                    new[] { f.Path, f.Type, f.Unit, f.Bounds, f.Required ? "yes" : "no", f.Meaning }));
            }

            return Exit.Good;
        });
        return command;
    }

    private static string Kinds(PredicateType type) => type.Kinds.IsEmpty ? "any party" : string.Join(", ", type.Kinds.Select(Words.Of));

    private static JsonObject Document(PredicateType type) => new()
    {
        ["type"] = type.Name,
        ["uri"] = type.Uri,
        ["role"] = Words.Of(type.Role),
        ["kinds"] = new JsonArray([.. type.Kinds.Select(k => JsonValue.Create(Words.Of(k)))]),
        ["meaning"] = type.Meaning,
        ["fields"] = new JsonArray([.. type.Fields.Select(f => new JsonObject
        {
            ["path"] = f.Path,
            ["type"] = f.Type,
            ["unit"] = f.Unit,
            ["bounds"] = f.Bounds,
            ["required"] = f.Required,
            ["meaning"] = f.Meaning,
        })]),
    };
}
