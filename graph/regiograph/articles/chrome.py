"""The words of page furniture: general vocabulary of menus, labels and tool bars."""

from __future__ import annotations

import re

from regiograph.articles import dates

_LABELS = (
    r"(?:staff |file )?photos?|fotos?|pictures?|images?|captions?|video|gallery|infographic|illustration"
    r"|photo credits?|read (?:also|more|next|on)|also read|see also"
    r"|related(?: (?:news|articles?|stories|topics|reading|documents|links|posts|content))?|recommended"
    r"|more (?:on|from|in)[\w ]{1,30}|you (?:may|might) also (?:like|read)"
    r"|(?:yesterday's )?most (?:read|popular|viewed)(?: this week)?|tags?|keywords|categor(?:y|ies)|filed under"
    r"|share(?! ?: ?\d)(?: (?:this|to|on|via|with)[\w ]{0,20})?|views?|visitors|hits?|browse|comments?"
    r"|source(?: of the (?:photo|picture|image))?|text|repl(?:y|ies)|(?:last )?(?:updated|modified|reviewed)(?: on)?"
    r"|published(?: on)?|posted(?: (?:on|by))?|release time|publication date|attach(?:ments?|ed files?)|downloads?"
    r"|links|latest news|breadcrumb|newsletter|text size|font(?: size)?|reading time|(?:press|media) contacts?"
    r"|contacts? for (?:the )?(?:press|media)|for (?:media )?(?:inquiries|enquiries)[\w ]{0,20}|reporter|editor"
    r"|writer|author|interviewer|interview(?:ed)? by|edited by|written by|sponsored(?: content| by)|advertisement"
    r"|partners' news|main menu|menu|hotline|tel|phone|fax|e-?mail|partager|compartir|comparte(?: esta noticia)?"
    r"|compartilhe|teilen|noticias relacionadas|te puede interesar|lea también|leia também|lire aussi|secciones"
    r"|archivo fotográfico|quelle|fonte|fuente"
)
_OUTSIDE_LABELS = (
    r"previous(?: article)?|prev|next(?: article)?|upcoming|poll|date|time|language|section|location|partners"
)
_NUMBER = r"(?: \d{1,3}(?:/\d{1,3})?)?"

# "Photo: …", "<Photo> …", "[Caption: …", "Photo 1/4: …"; the second kind only outside the prose.
LABEL = re.compile(rf"[\[(<]?(?:{_LABELS}){_NUMBER}[)>\]]? ?(?::|\||»|>|$)", re.IGNORECASE)
OUTSIDE_LABEL = re.compile(rf"(?:{_OUTSIDE_LABELS}) ?:.*", re.IGNORECASE)
INNER_LABEL = re.compile(rf"(?<!\w)(?:{_LABELS}|date|time) ?:", re.IGNORECASE)

# Where, inside a line, a label that no sentence holds begins something new.
LABEL_INSIDE = re.compile(
    r"(?<![|/>»:•·–—(\[-])\s(?=(?:Photos?|PHOTO|Foto|Image|Picture|Caption|CAPTION|Read also|READ ALSO|Also [Rr]ead"
    r"|See also|SEE ALSO|Read more|READ MORE|Related|Tags|Source|SOURCE|Views|Share(?: this(?: article)?)?|Most read"
    r"|MOST READ|You may also like|More on the topic|Previous|Next|Upcoming|Updated) ?:"
    r"|Print(?:able)? version\b|Version for print\b|Back to (?:the )?(?:list|top)\b|Copyright \(?[Cc©]"
    r"|Follow us on\b|Subscribe to our\b|Log in to\b|Related News\b|Read Next\b|PAGE TOP\b)"
)

# Sentences and phrases that only pages say, recognised by how they begin.
PHRASE = re.compile(
    r"print(?:able)? version|version for (?:print|the visually impaired)|print (?:this|page|mail|send)|page top"
    r"|back to (?:the )?(?:list|top|news|main|home)|to the top(?: ?\||$)|skip to (?:main )?content"
    r"|subscribe to|unsubscribe"
    r"|follow (?:us|our)|sign (?:in|up)\b|log ?in\b|join our (?:channel|newsletter)|you are here|you can mark"
    r"|you receive this|you need adobe|if you (?:notice|find|see|spot) (?:an? |any )?(?:error|mistake|typo)"
    r"|found (?:an? )?(?:error|mistake|typo)|(?:get|receive) (?:our|the) (?:\w+ ){0,2}(?:briefing|newsletter)"
    r"|enter your e-?mail|scan the qr|comments? (?:are|is) closed|be the first to comment|leave a comment|no comments"
    r"|\d+ comments?\b"
    r"|(?:comments|replies|like) \(\d|copyright\b|©|ⓒ|\(c\) |we use cookies|this (?:web ?)?site uses cookies"
    r"|accept (?:all )?cookies|by continuing to (?:use|browse)|cookie (?:policy|settings)|privacy policy"
    r"|terms of (?:use|service)|translate this page|report an error|share (?:this|on|via|print|scrap)"
    r"|send to (?:a )?friend|add to favou?rites|listen to (?:this )?article|click (?:here|to)"
    r"|download (?:as |the )?pdf|view in browser|reading time|\d+ min(?:utes?)? read|advertise with us"
    r"|for (?:all )?(?:the )?latest (?:news|updates)|subscribers? only|this article is for subscribers"
    r"|to continue reading|fot\.|(?:all )?(?:photos?|pictures?|images?|fotos?) (?:by|courtesy|credit|provided)"
    r"|reach the reporter|\(?views (?:are|expressed)"
    r"|\(?the (?:writer|author) (?:is|comments)\b.{0,120}\b(?:views|personal|own)"
    r"|last (?:updated|modified|reviewed)|published in [A-Z]|\(?(?:posted|reported|edited|written|reporting) by"
    r"|by (?:our |a |the )?(?:staff|special|own)? ?(?:correspondent|reporter|news desk|editorial|columnist|staff)\b"
    r"|by (?:our )?staff\b|from our (?:own )?correspondent|by a staff|(?:did )?(?:you )?not find your answer"
    r"|did not find your|was this (?:page|article) (?:helpful|useful)|pictures? \d|photos?: \d|redistribution"
    r"|unauthori[sz]ed reproduction|other (?:news|articles)\b.{0,30}$|read in \w+ ?\||(?:text|font) size"
    r"|font [+-]|versión imprimible|version imprimable|síguenos|descargar|réagir à|publié le|publicado el"
    r"|imprimer|druckversion|(?:input|posted|published|updated|approved|issued) (?:on )?\d"
    r"|(?:hotline|tel\.|tel|phone|fax)\b[^.]{0,30}\d",
    re.IGNORECASE,
)
# Those that may be long, and end in a full stop.
NOTICE = re.compile(
    r"you can mark|you receive this|you need|if you (?:notice|find|see|spot)|copyright\b|©|ⓒ|we use cookies"
    r"|this (?:web ?)?site uses|by continuing|to continue reading|this article is for|subscribe to"
    r"|sign up|follow (?:us|our)|\(?the (?:writer|author) |\(?views |redistribution|unauthori[sz]ed|click|all rights"
    r"|comments? (?:are|is) closed|for (?:media )?(?:inquiries|enquiries)|\(?(?:reporting|writing|editing) by",
    re.IGNORECASE,
)
ANYWHERE = re.compile(r"all rights reserved|press ctrl|\((?:pdf|xlsx?|docx?)(?:, \d+ ?[km]b)?\)$", re.IGNORECASE)

_NAME = r"[A-ZÀ-Þ][\w'’.-]*"
BYLINE = re.compile(
    rf"(?i:by|from|text|story|words|photos?|reporter|editor|edited by)(?: {_NAME},?){{1,5}}"
    rf"(?:, ?(?:[\w ]{{3,30}}(?i:correspondent|reporter|editor|writer|desk)|{_NAME}))?(?:\s+[|–—-]?.{{0,60}})?"
    rf"|{_NAME}(?: {_NAME}){{1,3}}, (?:editor|reporter|correspondent|translator)\.?|[\w.+-]+@[\w.-]+"
)
HASHTAGS = re.compile(r"#\w[\w# ]{1,200}")
BETWEEN_DASHES = re.compile(r"[-–—] [^.!?]{2,60} [-–—]")

LIST_HEADING = re.compile(
    r"(?:most (?:read|popular|viewed)|read next|related(?: \w+)?|other (?:news|articles)[\w ]{0,20}|your comments"
    r"|latest news|news feed|recommended|more (?:news|stories)|see also|read also|comments?) ?:?",
    re.IGNORECASE,
)

_HOME = re.compile(
    r""
    r""
    r"(?:breadcrumb: ?|you are here: ?|location: ?)?(?:home(?: ?page)?|main(?: page)?|start(?:seite)?"
    r"|front page|top page|inicio|início|accueil|beranda|official portal)",
    re.IGNORECASE,
)

_ITEMS = frozenset(
    "home|homepage|home page|main|main page|front page|top page|start|startseite|inicio|início|accueil|beranda|news"
    "|latest news|news archive|news feed|all news|other news|press|press center|press centre|press service"
    "|press release|press releases|press office|pressroom|media|media center|mass media|information center"
    "|information centre|events|announcements|analytics|about|about us|about region|about the region|who we are"
    "|contact|contacts|contact us|search|menu|close|sitemap|site map|print|print version|printable version|share|save"
    "|pdf|rss|email|e-mail|mail|facebook|twitter|telegram|whatsapp|instagram|youtube|vkontakte|linkedin|viber|wechat"
    "|weibo|kakao|kakaotalk|google+|pinterest|tweet|pin|send|copy url|copy link|like|scrap|collect|reply|subscribe"
    "|subscription|unsubscribe|log in|login|sign in|register|archive|gallery|photo|photos|video|photo gallery"
    "|photogallery|photo and video|newsletter|weather|sport|sports|politics|economy|business|society|culture|opinion"
    "|opinions|columns|letters|cartoons|classifieds|obituaries|e-paper|epaper|tenders|vacancies|advertise"
    "|advertise with us|privacy policy|privacy|imprint|data protection|terms of use|terms|disclaimer|feedback|cookies"
    "|accessibility|faq|help|links|download|downloads|back|back to list|back to the list|back to top|to the top|up"
    "|next|previous|read more|comments|most read|members|projects|investor|investors|region|regions|regional|leaders"
    "|documents|services|locations|activities|assemblies|national|world|local news|latest|markets|digest|reports"
    "|protocol|notice|text|for the media|version for print|noticias|prensa|boletines|contacto|berita|ekonomi"
    "|actualité|économie|communiqués|médias|plan du site|imprimer|nosotros|quiénes somos|english|russian|romanian|rus"
    "|eng|中文|română|magyar|日本語|한국어|admin|detail|current|live|metro|subscribe to news|print page|url|copy".split(
        "|"
    )
)
_SINGLE = frozenset(item for item in _ITEMS if " " not in item)
_ITEM = re.compile(
    r"a[ +-]+a\b.*|(?:no\.?|nr\.?|week|issue|bulletin|boletín|page) ?\d+"
    r"|(?:\d+ )?(?:comments?|views?|replies|likes?)(?: ?\(?\d+\)?)?|\d[\d ,.]* (?:views|times|hits|reads|photos?)"
    r"|(?:print|share|send|save|email|gift|report|flag|rate)\b.{0,30}"
    r"|(?:photo ?)?(?:gallery|photos?|pictures?|attachments?|related documents|tenders) ?\(\d+.{0,12}"
    r"|(?:follow|subscribe|log in|sign in|sign up)\b.{0,40}|\d+ min(?:ute)?s? read|\d+ min|reading time.{0,12}"
    r"|(?:font|text) size.{0,16}|listen to .{0,24}|read in \w+|translate this page"
    r"|(?:posted|updated|published|category|section|editor|reporter|views|comments|tags|source|time|date|approved"
    r"|author)"
    r" ?:.{0,60}"
    r"|[a-z]{2}(?: [a-z]{2}){1,5}|©.{0,40}|all rights reserved|version for .{0,30}|updated .{0,30}|by staff"
)


def is_home(item: str) -> bool:
    """Whether an item is the root of a path: "Home", "Main page"."""
    return _HOME.fullmatch(item.strip()) is not None


def is_item(item: str) -> bool:
    """Whether a few words are an item of a menu or a tool bar, or several, or a date or a time with or without"
    " one."""
    words = item.strip(" .,:;()[]<>-–—").lower()
    if words in _ITEMS or _ITEM.fullmatch(words) is not None or words in dates.MONTH_NAMES:
        return True
    rest = [word for word in dates.words(words) if word not in dates.BESIDE]
    when = bool(dates.written(words)) or re.search(r"\b\d{1,2}:\d\d\b", words) is not None
    return all(word in _SINGLE for word in rest) and (when or len(rest) > 1)
