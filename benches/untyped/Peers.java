import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Properties;

/** Verdicts of java.util.Properties: texts and answers as lines of hexadecimal digits. */
final class Peers {
    public static void main(String[] arguments) throws Exception {
        var texts = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line; (line = texts.readLine()) != null; ) {
            System.out.println(verdict(new String(HexFormat.of().parseHex(line), StandardCharsets.UTF_8)));
            System.out.flush();
        }
    }

    private static String verdict(String text) throws Exception {
        var settings = new Properties();
        try {
            settings.load(new StringReader(text));
        } catch (IllegalArgumentException error) {
            return "refused";
        }
        var answer = new StringBuilder("read");
        for (String name : settings.stringPropertyNames()) {
            answer.append(' ').append(digits(name)).append('=').append(digits(settings.getProperty(name)));
        }
        return answer.toString();
    }

    private static String digits(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
