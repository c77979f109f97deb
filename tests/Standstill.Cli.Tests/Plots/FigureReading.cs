using System.Text;
using System.Xml.Linq;
using Standstill.Cli.Plots;

namespace Standstill.Cli.Tests.Plots;

/// <summary>Reads a figure back as whoever opens the file does.</summary>
internal sealed class FigureReading(Drawing drawing)
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private readonly XElement root = XDocument.Parse(Encoding.UTF8.GetString(SvgFile.Write(drawing))).Root!;

    public int Count(string role) => root.Descendants().Count(element => (string?)element.Attribute("class") == role);

    public string[] Texts(string role) => [.. root.Descendants(Svg + "text").Where(element => (string?)element.Attribute("class") == role).Select(element => element.Value)];

    public string Text => string.Join('\n', root.Descendants(Svg + "text").Select(element => element.Value));

    public string Description => root.Element(Svg + "desc")!.Value;
}
